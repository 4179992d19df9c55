import { CHUNK_BYTES, readChunk } from '../../sources/event-log/evtx/chunk.ts'
import type { MemberReader } from './reading.ts'
import type { RecordSink } from './records.ts'

/** Bytes of the file's header. */
const HEADER = 4096
const MAGIC = Buffer.from('ElfFile\0', 'latin1')

/** Does it begin as a file of the Windows event log does? */
export function isEvtx(first: Buffer): boolean {
  return first.subarray(0, MAGIC.length).equals(MAGIC)
}

/**
 * A file of the Windows event log (EVTX). A chunk is read as soon as it is whole, and damage costs a chunk, or one
 * record of it. Each record goes on as the XML that it stands for.
 */
export class EvtxReader implements MemberReader {
  private readonly sink: RecordSink
  private held: Buffer = Buffer.alloc(0)
  /** Bytes of the file's header that are still to come. */
  private header = HEADER
  private number = 0

  constructor(sink: RecordSink) {
    this.sink = sink
  }

  push(bytes: Buffer): void {
    const skipped = Math.min(this.header, bytes.length)
    this.header -= skipped
    const rest = bytes.subarray(skipped)
    let data = this.held.length === 0 ? rest : Buffer.concat([this.held, rest])
    for (; data.length >= CHUNK_BYTES; data = data.subarray(CHUNK_BYTES))
      this.chunk(data.subarray(0, CHUNK_BYTES))
    this.held = Buffer.from(data)
  }

  end(): void {
    if (this.header === 0 && this.held.every(byte => byte === 0)) return
    this.sink.problem('input/truncated', 'the event log ends within a chunk, whose records are missing')
  }

  whole(bytes: Buffer): void {
    this.push(bytes)
    this.end()
  }

  private chunk(bytes: Buffer): void {
    const number = this.number++
    readChunk(bytes, {
      record: xml => this.sink.record(xml, xml),
      left: message => this.sink.left('input/bad-record', message),
      problem: what => this.sink.problem('input/corrupt', `chunk ${number} of the event log ${what}`),
    })
  }
}
