import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import type { Bytes } from './bytes.ts'

/** Bytes that can be read at any place. */
export interface RandomBytes {
  readonly size: number
  /** So many bytes, fewer at the end only. */
  read(at: number, length: number): Buffer
  between(from: number, to: number): Iterable<Buffer>
  /** Where a few bytes stand next, at a place or behind it. */
  find(what: Buffer, from: number): number | undefined
  close(): void
}

/** Opens what is held or stands in a file. Throws what the system says. */
export function openRandom({ whole, path }: Bytes): RandomBytes {
  if (whole !== undefined) {
    return random(
      whole.length,
      (at, length) => whole.subarray(at, at + length),
      () => {},
    )
  }
  const descriptor = openSync(path ?? '', 'r')
  const { size } = fstatSync(descriptor)
  const read = (at: number, length: number): Buffer => readAt(descriptor, at, Math.min(length, size - at))
  return random(size, read, () => closeSync(descriptor))
}

const BLOCK = 65_536

function random(size: number, read: RandomBytes['read'], close: () => void): RandomBytes {
  function* between(from: number, to: number): Generator<Buffer> {
    for (let at = from; at < Math.min(to, size); at += BLOCK) yield read(at, Math.min(BLOCK, to - at))
  }
  const find = (what: Buffer, from: number): number | undefined => {
    for (let at = from; at < size; at += BLOCK - what.length) {
      const found = read(at, BLOCK).indexOf(what)
      if (found >= 0) return at + found
    }
    return undefined
  }
  return { size, read, between, find, close }
}

function readAt(descriptor: number, at: number, length: number): Buffer {
  const buffer = Buffer.allocUnsafeSlow(Math.max(0, length))
  let count = 0
  while (count < buffer.length) {
    const got = readSync(descriptor, buffer, count, buffer.length - count, at + count)
    if (got === 0) break
    count += got
  }
  return buffer.subarray(0, count)
}
