import { closeSync, constants, createReadStream, fstatSync, open, openSync, read, statSync } from 'node:fs'
import { Socket } from 'node:net'
import type { Readable } from 'node:stream'
import { setTimeout } from 'node:timers/promises'
import { isatty, ReadStream } from 'node:tty'
import { promisify } from 'node:util'

/** Is it standard input (`-`) or a named pipe, which can be read only once? */
export function isPipe(path: string): boolean {
  return path === '-' || statSync(path, { throwIfNoEntry: false })?.isFIFO() === true
}

/**
 * The data of standard input or a named pipe as it comes, up to its end or until `goOn` says no. Nothing ever sleeps in
 * a call to the system, since a program in which something does cannot be ended.
 */
export function readPipe(path: string, goOn: () => boolean): AsyncGenerator<Buffer> {
  return path === '-' ? standardInput(goOn) : namedPipe(path, goOn)
}

/** How often it is asked whether to go on while nothing comes, in ms. */
const PATIENCE = 100
/** Bytes read at once; a pipe holds no more. */
const PIPE_SIZE = 1 << 16

async function* standardInput(goOn: () => boolean): AsyncGenerator<Buffer> {
  const stream = streamOf(0)
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

/** It may also be a terminal, a file or a device. */
function streamOf(fd: number): Readable {
  if (isatty(fd)) return new ReadStream(fd)
  const stats = fstatSync(fd)
  if (stats.isFIFO() || stats.isSocket()) return new Socket({ fd, readable: true, writable: false })
  return createReadStream('', { fd, autoClose: false, highWaterMark: 1 << 20 })
}

async function* namedPipe(path: string, goOn: () => boolean): AsyncGenerator<Buffer> {
  const fd = await openPipe(path, goOn)
  try {
    for (let misses = 0; goOn(); ) {
      const chunk = await readNow(fd)
      if (chunk?.length === 0) return
      misses = chunk === undefined ? misses + 1 : 0
      if (chunk !== undefined) yield chunk
      else if (misses > SPINS) await setTimeout(Math.min(misses - SPINS, PATIENCE))
    }
  } finally {
    closeSync(fd)
  }
}

/** How often an empty pipe is read again before it is let rest. */
const SPINS = 20

/** What there is just now: undefined if nothing, no bytes at the end. */
async function readNow(fd: number): Promise<Buffer | undefined> {
  const buffer = Buffer.allocUnsafe(PIPE_SIZE)
  const result = await new Promise<number | NodeJS.ErrnoException>(done =>
    read(fd, buffer, 0, buffer.length, null, (error, count) => done(error ?? count)),
  )
  if (typeof result === 'number') return buffer.subarray(0, result)
  if (result.code === 'EAGAIN') return undefined
  if (result.code === 'EOF') return buffer.subarray(0, 0)
  throw result
}

/** Waits until somebody writes to a named pipe, or `goOn` says no; then it is read without waiting. */
async function openPipe(path: string, goOn: () => boolean): Promise<number> {
  let partner: number | undefined
  const release = (): void => {
    partner ??= partnerOf(path)
  }
  const timer = setInterval(() => goOn() || release(), PATIENCE)
  process.once('exit', release)
  try {
    const waited = await promisify(open)(path, 'r')
    const fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK)
    closeSync(waited)
    return fd
  } finally {
    process.off('exit', release)
    clearInterval(timer)
    if (partner !== undefined) closeSync(partner)
  }
}

/** As long as it is open, nobody waits for a writer: neither who does already, nor the thread that is about to. */
function partnerOf(path: string): number | undefined {
  try {
    return openSync(path, constants.O_RDWR | constants.O_NONBLOCK)
  } catch {
    // The pipe is gone.
    return undefined
  }
}
