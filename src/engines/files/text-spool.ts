import { closeSync, openSync, readSync, writeSync } from 'node:fs'
import { join } from 'node:path'

/** Bytes that are written at once. */
const BUFFER = 1 << 20

/** Texts of records that may be wanted again, in a file of one thread in the hunt's folder. */
export class TextSpool {
  private readonly path: string
  private readonly buffer = Buffer.allocUnsafe(BUFFER)
  private used = 0
  private written = 0
  private descriptor: number | undefined

  constructor(folder: string, thread: string) {
    this.path = pathOf(folder, thread)
  }

  /** Gives the place of the bytes in the file; they are there after the next `flush`. */
  add(bytes: Uint8Array): number {
    const at = this.written + this.used
    if (this.used + bytes.length > BUFFER) this.flush()
    if (bytes.length > BUFFER) this.write(bytes)
    else {
      this.buffer.set(bytes, this.used)
      this.used += bytes.length
    }
    return at
  }

  flush(): void {
    if (this.used > 0) this.write(this.buffer.subarray(0, this.used))
    this.used = 0
  }

  close(): void {
    this.flush()
    if (this.descriptor !== undefined) closeSync(this.descriptor)
    this.descriptor = undefined
  }

  private write(bytes: Uint8Array): void {
    this.descriptor ??= openSync(this.path, 'a')
    for (let at = 0; at < bytes.length; ) at += writeSync(this.descriptor, bytes, at)
    this.written += bytes.length
  }
}

/** Reads what the threads' spools hold. */
export class SpooledTexts {
  private readonly folder: string
  private readonly descriptors = new Map<string, number>()

  constructor(folder: string) {
    this.folder = folder
  }

  read(thread: string, at: number, length: number): string {
    let descriptor = this.descriptors.get(thread)
    if (descriptor === undefined) {
      descriptor = openSync(pathOf(this.folder, thread), 'r')
      this.descriptors.set(thread, descriptor)
    }
    const bytes = Buffer.allocUnsafe(length)
    readSync(descriptor, bytes, 0, length, at)
    return bytes.toString('utf8')
  }

  close(): void {
    for (const descriptor of this.descriptors.values()) closeSync(descriptor)
    this.descriptors.clear()
  }
}

function pathOf(folder: string, thread: string): string {
  return join(folder, `texts-${thread}`)
}
