import { closeSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'

/** Where the data of a command goes. */
export interface Output {
  write(text: string): void
  /** Everything is written; a file gets its name only now. */
  close(): Promise<void>
  /** The command failed: leaves no half file. */
  discard(): void
}

const BUFFER = 1 << 16

/** Standard output, or a file that appears whole or not at all. Throws if the file cannot be made. */
export function openOutput(file: string | undefined): Output {
  return file === undefined || file === '-' ? standardOutput() : fileOutput(file)
}

function standardOutput(): Output {
  let drained = true
  return {
    write: text => {
      drained = process.stdout.write(text)
    },
    close: async () => {
      if (!drained) await new Promise(resolve => process.stdout.once('drain', resolve))
    },
    discard: () => {},
  }
}

function fileOutput(file: string): Output {
  const draft = `${file}.${process.pid}.part`
  const descriptor = openSync(draft, 'w')
  let held: string[] = []
  let size = 0
  const flush = (): void => {
    writeAll(descriptor, Buffer.from(held.join('')))
    held = []
    size = 0
  }
  return {
    write: text => {
      held.push(text)
      size += text.length
      if (size > BUFFER) flush()
    },
    close: async () => {
      flush()
      closeSync(descriptor)
      renameSync(draft, file)
    },
    discard: () => {
      closeSync(descriptor)
      rmSync(draft, { force: true })
    },
  }
}

function writeAll(descriptor: number, bytes: Buffer): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(descriptor, bytes, at)
}
