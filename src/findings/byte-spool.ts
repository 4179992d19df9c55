import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Bytes that are written at once. */
const BUFFER = 1 << 18

/** Where bytes lie in a spool. */
export interface Stored {
  readonly at: number
  readonly length: number
}

/** Bytes on disk, in a folder of its own that is made with the first of them and gone when the spool is closed. */
export class ByteSpool {
  private folder: string | undefined
  private descriptor: number | undefined
  private buffer = Buffer.alloc(0)
  private used = 0
  private written = 0
  private closed = false

  add(bytes: Uint8Array): Stored {
    const stored = { at: this.written + this.used, length: bytes.length }
    if (this.used + bytes.length > BUFFER) this.flush()
    if (bytes.length > BUFFER) this.write(bytes)
    else {
      if (this.buffer.length === 0) this.buffer = Buffer.allocUnsafe(BUFFER)
      this.buffer.set(bytes, this.used)
      this.used += bytes.length
    }
    return stored
  }

  read({ at, length }: Stored): Buffer {
    this.flush()
    const bytes = Buffer.allocUnsafe(length)
    for (let done = 0; done < length; ) {
      const got = readSync(this.file(), bytes, done, length - done, at + done)
      if (got === 0) throw new Error('bug: the spool is shorter than what was written')
      done += got
    }
    return bytes
  }

  /** Nothing can be read afterwards. */
  close(): void {
    if (this.descriptor !== undefined) closeSync(this.descriptor)
    this.descriptor = undefined
    this.closed = true
    process.off('exit', this.remove)
    this.remove()
  }

  private flush(): void {
    if (this.used > 0) this.write(this.buffer.subarray(0, this.used))
    this.used = 0
  }

  private write(bytes: Uint8Array): void {
    const file = this.file()
    for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at)
    this.written += bytes.length
  }

  private file(): number {
    if (this.closed) throw new Error('bug: the spool is closed')
    if (this.descriptor === undefined) {
      this.folder = mkdtempSync(join(tmpdir(), 'nephoscope-'))
      process.once('exit', this.remove)
      this.descriptor = openSync(join(this.folder, 'findings'), 'wx+')
    }
    return this.descriptor
  }

  private readonly remove = (): void => {
    if (this.folder !== undefined) rmSync(this.folder, { recursive: true, force: true })
    this.folder = undefined
  }
}
