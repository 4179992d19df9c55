import { closeSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { InputFile } from '../engines/files/list.ts'
import { isPipe, readPipe } from '../engines/files/pipe.ts'

/** What can be read only once (standard input, named pipes) is written to a folder first, and keeps its name. */
export async function savePipes(
  files: readonly InputFile[],
  folder: string,
  stop: Int32Array,
): Promise<readonly InputFile[]> {
  const saved: InputFile[] = []
  for (const [number, file] of files.entries()) {
    if (!isPipe(file.path)) saved.push(file)
    else {
      const path = join(folder, `pipe-${number}`)
      saved.push({ path, name: file.name, bytes: await save(file.path, path, stop) })
    }
  }
  return saved
}

/** Gives the number of bytes. */
async function save(from: string, to: string, stop: Int32Array): Promise<number> {
  const output = openSync(to, 'w')
  let bytes = 0
  try {
    for await (const chunk of readPipe(from, () => Atomics.load(stop, 0) === 0)) {
      for (let at = 0; at < chunk.length; ) at += writeSync(output, chunk, at)
      bytes += chunk.length
    }
  } finally {
    closeSync(output)
  }
  return bytes
}
