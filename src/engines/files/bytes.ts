/** Bytes as they are stored: in a file, in a pipe, in an archive. */
export interface Bytes {
  /** The first of them; at least four, if there are so many. */
  readonly head: Buffer
  /** All of them, where they are at hand. */
  readonly whole?: Buffer
  /** Where they can be read at any place. */
  readonly path?: string
  /** Whether `chunks` can be called more than once. */
  readonly again: boolean
  /** In order, from the first. */
  chunks(): Chunks
}

export type Chunks = AsyncIterable<Buffer> | Iterable<Buffer>

/** What is stored in less is held at once. */
export const SMALL = 16 * 1024 * 1024

export function bytesOf(buffer: Buffer): Bytes {
  return { head: buffer, whole: buffer, again: true, chunks: () => [buffer] }
}

/** A stream of which the beginning is known. */
export interface Peeked extends Bytes {
  /** Lets go of what is not read. */
  close(): Promise<void>
}

const HEAD = 4

/** Reads as much of a stream as tells its kind. */
export async function peek(stream: Chunks): Promise<Peeked> {
  const iterator = iterate(stream)
  let head: Buffer = Buffer.alloc(0)
  while (head.length < HEAD) {
    const next = await iterator.next()
    if (next.done === true) break
    head = head.length === 0 ? next.value : Buffer.concat([head, next.value])
  }
  async function* chunks(): AsyncGenerator<Buffer> {
    if (head.length > 0) yield head
    yield* iterator
  }
  return { head, again: false, chunks, close: async () => void (await iterator.return(undefined)) }
}

/** Reads a stream to its end, if that comes within so many bytes; else the stream goes on where it was. */
export async function hold(stream: Bytes, most: number): Promise<Bytes> {
  if (stream.whole) return stream
  const held: Buffer[] = []
  const rest = iterate(stream.chunks())
  for (let size = 0; size <= most; ) {
    const next = await rest.next()
    if (next.done === true) return bytesOf(held.length === 1 && held[0] ? held[0] : Buffer.concat(held))
    held.push(next.value)
    size += next.value.length
  }
  async function* chunks(): AsyncGenerator<Buffer> {
    yield* held.splice(0)
    yield* rest
  }
  return { head: stream.head, again: false, chunks }
}

async function* iterate(chunks: Chunks): AsyncGenerator<Buffer> {
  yield* chunks
}
