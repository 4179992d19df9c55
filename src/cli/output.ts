import {
  closeSync,
  existsSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { CommanderError } from 'commander'
import { terminalSafe } from '../core/terminal.ts'
import { draftOf } from '../engines/files/draft.ts'
import { reason } from '../engines/files/member.ts'
import { EXIT, usageError } from './exit.ts'

/** Where the data of a command goes. */
export interface Output {
  write(text: string): void
}

interface Opened extends Output {
  /** Everything is written; a file gets its name only now. */
  close(): Promise<void>
  /** The command failed: leaves no half file. */
  discard(): void
}

const BUFFER = 1 << 16

/**
 * Opens standard output, or a file that appears whole when `use` is done and not at all if it throws. That a file
 * cannot be made is told, and ends the command as wrong usage.
 */
export async function withOutput(
  file: string | undefined,
  use: (output: Output) => Promise<void>,
): Promise<void> {
  const output = file === undefined || file === '-' ? standardOutput() : opened(file)
  try {
    await use(output)
    await output.close()
  } catch (error) {
    output.discard()
    throw error
  }
}

/** The same for a file that may not be wanted. */
export async function withFile(
  file: string | undefined,
  use: (output: Output | undefined) => Promise<void>,
): Promise<void> {
  return file === undefined ? use(undefined) : withOutput(file, use)
}

function opened(file: string): Opened {
  try {
    return fileOutput(file)
  } catch (error) {
    if (!(error instanceof Error)) throw error
    const message = terminalSafe(`${file} cannot be written: ${whyNot(file, error)}`)
    usageError(message)
    throw new CommanderError(EXIT.usage, 'nephoscope.output', message)
  }
}

/** What the system says, without the name of the draft. */
function whyNot(file: string, error: Error): string {
  const missing = 'code' in error && error.code === 'ENOENT'
  return missing ? `there is no folder ${dirname(file)}` : reason(error).replace(/, \w+ '.*'$/s, '')
}

function standardOutput(): Opened {
  const { stdout } = process
  return {
    write: text => {
      stdout.write(text)
    },
    close: async () => {
      if (stdout.writableNeedDrain) await new Promise(resolve => stdout.once('drain', resolve))
    },
    discard: () => {},
  }
}

function fileOutput(file: string): Opened {
  // A link stays a link, and a device or a pipe is written to: only a plain file is replaced.
  const target = existsSync(file) ? realpathSync(file) : file
  const plain = !existsSync(target) || statSync(target).isFile()
  const draft = plain ? draftOf(target) : target
  const descriptor = openSync(draft, 'w')
  const remove = (): void => {
    if (plain) rmSync(draft, { force: true })
  }
  process.once('exit', remove)
  let held: string[] = []
  let size = 0
  const flush = (): void => {
    writeAll(descriptor, Buffer.from(held.join('')), file)
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
      if (plain) renameSync(draft, target)
      process.off('exit', remove)
    },
    discard: () => {
      closeSync(descriptor)
      remove()
      process.off('exit', remove)
    },
  }
}

function writeAll(descriptor: number, bytes: Buffer, file: string): void {
  try {
    for (let at = 0; at < bytes.length; ) at += writeSync(descriptor, bytes, at)
  } catch (error) {
    throw new Error(`${file} cannot be written: ${reason(error)}`, { cause: error })
  }
}
