import type { Bytes } from './bytes.ts'

const NOTHING = Buffer.alloc(0)

/** Takes bytes from a stream, as many as one wants. */
export class Cursor {
  /** Number of bytes taken. */
  position = 0
  private readonly blocks: AsyncIterator<Buffer> | Iterator<Buffer>
  private block: Buffer = NOTHING
  private used = 0

  constructor(bytes: Bytes) {
    const chunks = bytes.chunks()
    this.blocks = Symbol.asyncIterator in chunks ? chunks[Symbol.asyncIterator]() : chunks[Symbol.iterator]()
  }

  /** One to so many bytes; none at the end. */
  async take(most: number): Promise<Buffer> {
    while (this.used === this.block.length) {
      const next = await this.blocks.next()
      if (next.done === true) return NOTHING
      this.block = next.value
      this.used = 0
    }
    const taken = this.block.subarray(this.used, this.used + most)
    this.used += taken.length
    this.position += taken.length
    return taken
  }

  /** So many bytes; fewer at the end only. */
  async exactly(count: number): Promise<Buffer> {
    let taken = await this.take(count)
    while (taken.length < count) {
      const more = await this.take(count - taken.length)
      if (more.length === 0) break
      taken = Buffer.concat([taken, more])
    }
    return taken
  }

  /** Gives back the last so many bytes of what `take` gave last. */
  giveBack(count: number): void {
    this.used -= count
    this.position -= count
  }

  async close(): Promise<void> {
    await this.blocks.return?.()
  }
}
