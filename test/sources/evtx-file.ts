import { crc32 } from 'node:zlib'

/** One event: members of `System`, and the data in order. */
export interface EvtxEvent {
  readonly provider: string
  readonly channel: string
  readonly computer: string
  readonly id: number
  readonly time: Date
  readonly data: Readonly<Record<string, string>>
}

/**
 * A file of the Windows event log with one chunk, as the service writes it: each record an instance of a template, its
 * `EventData` an instance of another inside of it.
 */
export function evtxFile(events: readonly EvtxEvent[]): Buffer {
  const chunk = new Chunk()
  events.forEach((event, number) => {
    chunk.record(event, number + 1)
  })
  return Buffer.concat([fileHeader(), chunk.bytes(events.length)])
}

function fileHeader(): Buffer {
  const header = Buffer.alloc(4096)
  header.write('ElfFile\0', 'latin1')
  header.writeUInt32LE(128, 32)
  header.writeUInt16LE(1, 36)
  header.writeUInt16LE(3, 38)
  header.writeUInt16LE(4096, 40)
  header.writeUInt16LE(1, 42)
  header.writeUInt32LE(crc32(header.subarray(0, 120)), 124)
  return header
}

type Value = readonly [type: number, bytes: Buffer]
type Node = {
  readonly name: string
  readonly attributes?: Readonly<Record<string, Slot>>
  readonly inside?: Slot | readonly Node[]
}
/** A text, or the number and type of a substitution. */
type Slot = string | readonly [number: number, type: number]

const STRING = 1
const WORD = 6
const TIME = 17
const XML = 33

class Chunk {
  private readonly buffer = Buffer.alloc(65_536)
  private at = 512
  private last = 512
  /** The name and the template that came last: each leads to the one before. */
  private name = 0
  private template = 0

  record(event: EvtxEvent, number: number): void {
    const start = this.at
    this.last = start
    this.u32(0x2a2a, 0, number, 0)
    this.raw(fileTime(event.time))
    const data = Object.entries(event.data)
    this.instance(
      SYSTEM,
      () => [
        text(event.provider),
        word(event.id),
        [TIME, fileTime(event.time)],
        text(event.channel),
        text(event.computer),
        [XML, Buffer.alloc(0)],
      ],
      () =>
        this.instance(dataTemplate(data.map(([name]) => name)), () => data.map(([, value]) => text(value))),
    )
    this.raw(Buffer.alloc((8 - ((this.at + 4 - start) % 8)) % 8))
    this.u32(this.at + 4 - start)
    this.buffer.writeUInt32LE(this.at - start, start + 4)
  }

  bytes(records: number): Buffer {
    const { buffer } = this
    buffer.write('ElfChnk\0', 'latin1')
    for (const at of [8, 24]) buffer.writeUInt32LE(1, at)
    for (const at of [16, 32]) buffer.writeUInt32LE(records, at)
    buffer.writeUInt32LE(128, 40)
    buffer.writeUInt32LE(this.last, 44)
    buffer.writeUInt32LE(this.at, 48)
    buffer.writeUInt32LE(this.name, 128)
    buffer.writeUInt32LE(this.template, 384)
    buffer.writeUInt32LE(crc32(buffer.subarray(512, this.at)), 52)
    const header = Buffer.concat([buffer.subarray(0, 120), buffer.subarray(128, 512)])
    buffer.writeUInt32LE(crc32(header), 124)
    return buffer
  }

  /** A template where it is used, and its values; the last may be written by `inner`. */
  private instance(template: Node, values: () => readonly Value[], inner?: () => void): void {
    this.raw(FRAGMENT, Buffer.from([0x0c, 1]))
    this.u32(1, this.at + 8)
    const before = this.template
    this.template = this.at
    this.u32(before, 1, 2, 3, 4, 0)
    const start = this.at
    this.raw(FRAGMENT)
    this.node(template)
    this.raw(Buffer.from([0]))
    this.buffer.writeUInt32LE(this.at - start, start - 4)
    const list = values()
    this.u32(list.length)
    const sizes = this.at
    for (const [type, bytes] of list) this.u16(bytes.length, type)
    for (const [, bytes] of list) this.raw(bytes)
    if (inner === undefined) return
    const from = this.at
    inner()
    this.raw(Buffer.from([0]))
    this.buffer.writeUInt16LE(this.at - from, sizes + (list.length - 1) * 4)
  }

  private node({ name, attributes = {}, inside = [] }: Node): void {
    const slots = Object.entries(attributes)
    this.raw(Buffer.from([slots.length > 0 ? 0x41 : 0x01]))
    this.u16(0xffff)
    const size = this.at
    this.u32(0)
    this.nameOf(name)
    if (slots.length > 0) this.attributes(slots)
    if (isNodes(inside) && inside.length === 0) this.raw(Buffer.from([3]))
    else {
      this.raw(Buffer.from([2]))
      if (isNodes(inside)) for (const one of inside) this.node(one)
      else this.slot(inside)
      this.raw(Buffer.from([4]))
    }
    this.buffer.writeUInt32LE(this.at - size - 4, size)
  }

  private attributes(slots: readonly (readonly [string, Slot])[]): void {
    const size = this.at
    this.u32(0)
    slots.forEach(([name, value], place) => {
      this.raw(Buffer.from([place < slots.length - 1 ? 0x46 : 0x06]))
      this.nameOf(name)
      this.slot(value)
    })
    this.buffer.writeUInt32LE(this.at - size - 4, size)
  }

  private slot(slot: Slot): void {
    if (typeof slot === 'string') {
      this.raw(Buffer.from([5, 1]))
      this.u16(slot.length)
      this.raw(Buffer.from(slot, 'utf16le'))
    } else {
      this.raw(Buffer.from([0x0d]))
      this.u16(slot[0])
      this.raw(Buffer.from([slot[1]]))
    }
  }

  private nameOf(name: string): void {
    this.u32(this.at + 4)
    const before = this.name
    this.name = this.at
    this.u32(before)
    this.u16(0, name.length)
    this.raw(Buffer.from(`${name}\0`, 'utf16le'))
  }

  private raw(...parts: readonly Buffer[]): void {
    for (const part of parts) this.at += part.copy(this.buffer, this.at)
  }

  private u32(...numbers: readonly number[]): void {
    for (const number of numbers) this.at = this.buffer.writeUInt32LE(number, this.at)
  }

  private u16(...numbers: readonly number[]): void {
    for (const number of numbers) this.at = this.buffer.writeUInt16LE(number, this.at)
  }
}

const FRAGMENT = Buffer.from([0x0f, 1, 1, 0])
const EVENTS = 'http://schemas.microsoft.com/win/2004/08/events/event'

const SYSTEM: Node = {
  name: 'Event',
  attributes: { xmlns: EVENTS },
  inside: [
    {
      name: 'System',
      inside: [
        { name: 'Provider', attributes: { Name: [0, STRING] } },
        { name: 'EventID', inside: [1, WORD] },
        { name: 'TimeCreated', attributes: { SystemTime: [2, TIME] } },
        { name: 'Channel', inside: [3, STRING] },
        { name: 'Computer', inside: [4, STRING] },
      ],
    },
    // The value is the element itself.
    { name: 'UserData', inside: [5, XML] },
  ],
}

function dataTemplate(names: readonly string[]): Node {
  return {
    name: 'EventData',
    inside: names.map((name, place) => ({
      name: 'Data',
      attributes: { Name: name },
      inside: [place, STRING] as const,
    })),
  }
}

function isNodes(inside: Slot | readonly Node[]): inside is readonly Node[] {
  return Array.isArray(inside) && (inside.length === 0 || typeof inside[0] === 'object')
}

function text(value: string): Value {
  return [STRING, Buffer.from(value, 'utf16le')]
}

function word(value: number): Value {
  const bytes = Buffer.alloc(2)
  bytes.writeUInt16LE(value)
  return [WORD, bytes]
}

/** Steps of 100 ns since 1601. */
function fileTime(time: Date): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64LE((BigInt(time.getTime()) + 11_644_473_600_000n) * 10_000n)
  return bytes
}
