import { appendFileSync } from 'node:fs'

const FIRST_SIZE = 16 * 1024
/** Bytes that are held before they are written. */
const FULL = 256 * 1024

/** A file that grows at its end; what is to be written is put into `buffer`, from `used` on. */
export class ByteFile {
  buffer = Buffer.alloc(0)
  used = 0
  private readonly path: string

  constructor(path: string) {
    this.path = path
  }

  /** Makes room for so many bytes more. */
  reserve(bytes: number): void {
    if (this.used + bytes <= this.buffer.length) return
    if (this.used >= FULL / 2) this.write()
    const size = Math.max(this.used + bytes, Math.min(FULL, Math.max(FIRST_SIZE, 4 * this.buffer.length)))
    if (size <= this.buffer.length) return
    const larger = Buffer.allocUnsafeSlow(size)
    this.buffer.copy(larger, 0, 0, this.used)
    this.buffer = larger
  }

  /** Writes what is held, so that the file is there, and lets go of the memory. */
  flush(): void {
    this.write()
    this.buffer = Buffer.alloc(0)
  }

  private write(): void {
    appendFileSync(this.path, this.buffer.subarray(0, this.used))
    this.used = 0
  }
}
