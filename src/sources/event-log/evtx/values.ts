/** A value of binary XML: its type, and where it stands in its chunk. */
export interface BinaryValue {
  readonly type: number
  readonly start: number
  readonly end: number
}

/** The type of a value that is binary XML itself. */
export const BINARY_XML = 0x21
/** Added to the type of what a list has. */
const LIST = 0x80
const STRING = 0x01

export function isList({ type }: BinaryValue): boolean {
  return (type & LIST) !== 0
}

/** A value as Windows prints it; a type that is not known as its bytes. Throws a `RangeError` where it has too few bytes. */
export function textOfValue(chunk: Buffer, { type, start, end }: BinaryValue): string {
  return start === end ? '' : (PRINT[type] ?? bytes)(chunk, start, end)
}

/** The values of a list. */
export function itemsOf(chunk: Buffer, { type, start, end }: BinaryValue): readonly string[] {
  const of = type & ~LIST
  if (of === STRING) return chunk.toString('utf16le', start, end).replace(/\0$/, '').split('\0')
  const size = SIZES.get(of)
  if (size === undefined) return [bytes(chunk, start, end)]
  const items: string[] = []
  for (let at = start; at + size <= end; at += size) {
    items.push(textOfValue(chunk, { type: of, start: at, end: at + size }))
  }
  return items
}

/** Bytes of the types that have a fixed length. */
const SIZES: ReadonlyMap<number, number> = new Map([
  ...[3, 4].map(type => [type, 1] as const),
  ...[5, 6].map(type => [type, 2] as const),
  ...[7, 8, 11, 13, 20].map(type => [type, 4] as const),
  ...[9, 10, 12, 17, 21].map(type => [type, 8] as const),
  ...[15, 18].map(type => [type, 16] as const),
])

type Print = (chunk: Buffer, start: number, end: number) => string

/** By type, from 0 on. */
const PRINT: readonly Print[] = [
  () => '',
  (chunk, start, end) => chunk.toString('utf16le', start, end).replace(/\0+$/, ''),
  (chunk, start, end) => chunk.toString('latin1', start, end).replace(/\0+$/, ''),
  (chunk, start) => String(chunk.readInt8(start)),
  (chunk, start) => String(chunk.readUInt8(start)),
  (chunk, start) => String(chunk.readInt16LE(start)),
  (chunk, start) => String(chunk.readUInt16LE(start)),
  (chunk, start) => String(chunk.readInt32LE(start)),
  (chunk, start) => String(chunk.readUInt32LE(start)),
  (chunk, start) => String(chunk.readBigInt64LE(start)),
  (chunk, start) => String(chunk.readBigUInt64LE(start)),
  (chunk, start) => String(chunk.readFloatLE(start)),
  (chunk, start) => String(chunk.readDoubleLE(start)),
  (chunk, start) => String(chunk.readUInt32LE(start) !== 0),
  bytes,
  guid,
  (chunk, start, end) => (end - start < 8 ? hex32(chunk, start) : hex64(chunk, start)),
  fileTime,
  systemTime,
  sid,
  hex32,
  hex64,
]

function bytes(chunk: Buffer, start: number, end: number): string {
  return chunk.toString('hex', start, end).toUpperCase()
}

function hex32(chunk: Buffer, start: number): string {
  return `0x${chunk.readUInt32LE(start).toString(16)}`
}

function hex64(chunk: Buffer, start: number): string {
  return `0x${chunk.readBigUInt64LE(start).toString(16)}`
}

function guid(chunk: Buffer, start: number): string {
  const digits = (number: number, count: number): string => number.toString(16).padStart(count, '0')
  const head = [
    digits(chunk.readUInt32LE(start), 8),
    digits(chunk.readUInt16LE(start + 4), 4),
    digits(chunk.readUInt16LE(start + 6), 4),
  ]
  const tail = [chunk.toString('hex', start + 8, start + 10), chunk.toString('hex', start + 10, start + 16)]
  return `{${[...head, ...tail].join('-')}}`
}

/** ms between 1601 and 1970 */
const SINCE_1601 = 11_644_473_600_000n

/** Steps of 100 ns since 1601, as ISO 8601 with all its digits. */
function fileTime(chunk: Buffer, start: number): string {
  const steps = chunk.readBigUInt64LE(start)
  const time = new Date(Number(steps / 10_000n - SINCE_1601))
  if (Number.isNaN(time.getTime())) return String(steps)
  return `${time.toISOString().slice(0, -5)}.${String(steps % 10_000_000n).padStart(7, '0')}Z`
}

function systemTime(chunk: Buffer, start: number): string {
  const part = (place: number, digits = 2): string =>
    String(chunk.readUInt16LE(start + place * 2)).padStart(digits, '0')
  return `${part(0, 4)}-${part(1)}-${part(3)}T${part(4)}:${part(5)}:${part(6)}.${part(7, 3)}Z`
}

function sid(chunk: Buffer, start: number, end: number): string {
  const parts = ['S', chunk.readUInt8(start), chunk.readUIntBE(start + 2, 6)]
  for (let at = start + 8; at + 4 <= end; at += 4) parts.push(chunk.readUInt32LE(at))
  return parts.join('-')
}
