import { closeSync, constants, createReadStream, fstatSync, open, openSync, statSync } from 'node:fs'
import { Socket } from 'node:net'
import type { Readable } from 'node:stream'
import { isatty, ReadStream } from 'node:tty'
import { promisify } from 'node:util'

/** Is it standard input (`-`) or a named pipe, which can be read only once? */
export function isPipe(path: string): boolean {
  return path === '-' || statSync(path, { throwIfNoEntry: false })?.isFIFO() === true
}

/** How often it is asked whether to go on while nothing comes, in ms. */
const PATIENCE = 100

/**
 * The data of standard input or a named pipe as it comes, up to its end or until `goOn` says no. Nothing ever sleeps in
 * a call to the system, since a program in which something does cannot be ended.
 */
export async function* readPipe(path: string, goOn: () => boolean): AsyncGenerator<Buffer> {
  const stream = streamOf(path === '-' ? 0 : await openPipe(path, goOn))
  const timer = setInterval(() => goOn() || stream.destroy(), PATIENCE)
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) yield chunk
  } catch (error) {
    if (goOn()) throw error
  } finally {
    clearInterval(timer)
    stream.destroy()
  }
}

/** Standard input may also be a terminal, or a file or device. */
function streamOf(fd: number): Readable {
  if (isatty(fd)) return new ReadStream(fd)
  const stats = fstatSync(fd)
  if (stats.isFIFO() || stats.isSocket()) return new Socket({ fd, readable: true, writable: false })
  return createReadStream('', { fd, highWaterMark: 1 << 20 })
}

/** Waits until somebody writes to a named pipe, or `goOn` says no. */
async function openPipe(path: string, goOn: () => boolean): Promise<number> {
  const release = (): void => endWaiting(path)
  const timer = setInterval(() => goOn() || release(), PATIENCE)
  process.once('exit', release)
  try {
    return await promisify(open)(path, 'r')
  } finally {
    process.off('exit', release)
    clearInterval(timer)
  }
}

/** Wakes who waits for a writer, by being one for a moment. */
function endWaiting(path: string): void {
  try {
    closeSync(openSync(path, constants.O_WRONLY | constants.O_NONBLOCK))
  } catch {
    // Nobody waits.
  }
}
