import type { Json } from '../core/json.ts'
import type { FieldNames } from './field-names.ts'
import type { FieldNode } from './field-node.ts'
import {
  BACKSLASH,
  copy,
  endOfDigits,
  endOfLiteral,
  endOfText,
  isAt,
  isPower,
  isZeros,
  NINE,
  QUOTE,
  ZERO,
} from './json-bytes.ts'
import { BETWEEN, NOTHING } from './row.ts'
import type { RowBody } from './spool.ts'

const COMMA = 0x2c
const MINUS = 0x2d
const POINT = 0x2e
const OPEN_LIST = 0x5b
const CLOSE_LIST = 0x5d
const OPEN = 0x7b
const CLOSE = 0x7d
const LETTER_N = 0x6e
/** Digits of a number that is surely printed as it stands. */
const MOST_DIGITS = 15
/** Numbers to be shortened of which places are kept. */
const MOST_CUTS = 256
const BETWEEN_BYTE = BETWEEN.charCodeAt(0)
const NOTHING_BYTE = NOTHING.charCodeAt(0)

/**
 * Reads an event in its JSON text, byte by byte, and makes nothing of it: where its fields stand is noted in the tree of those
 * that are known. That does where the text is what printing the event would give: nothing is spaced out, nothing but quotes and
 * backslashes is escaped, no key comes twice, and numbers are short; of `243.0` the end is left out. It does not where a field
 * is new or odd in a new way.
 */
export class PlainEvent implements RowBody {
  /** Counts the events that were looked at: fields of the one at hand have its number. */
  number = 0
  private readonly names: FieldNames
  private bytes: Buffer = Buffer.alloc(0)
  private start = 0
  private end = 0
  private objects = 0
  /** Pieces to be left out: where each begins and ends. */
  private readonly cuts = new Int32Array(2 * MOST_CUTS)
  private cutCount = 0

  constructor(names: FieldNames) {
    this.names = names
  }

  /** Reads the event that begins at a place; gives the place behind it, negative if it cannot be taken as it stands. */
  read(bytes: Buffer, start: number): number {
    this.bytes = bytes
    this.start = start
    this.number++
    this.cutCount = 0
    this.end = bytes[start] === OPEN ? this.object(start + 1, this.names.root) : -1
    return this.end
  }

  /** What the table has columns for has the kind that it expects: no field is an exception. */
  get isRegular(): boolean {
    for (const { node, part } of this.names.own) {
      if (node === undefined || node.event !== this.number) continue
      const first = this.bytes[node.start]
      if (part ? first !== OPEN && first !== OPEN_LIST && first !== LETTER_N : first !== QUOTE) return false
    }
    return true
  }

  /** The value of a field that it has. */
  value({ start, end }: FieldNode): Json {
    if (this.bytes[start] === QUOTE) {
      const text = this.bytes.toString('latin1', start + 1, end - 1)
      if (!text.includes('\\')) return text
    }
    return JSON.parse(this.bytes.toString('latin1', start, end)) as Json
  }

  /** The same for the same bytes, and mostly another for others. */
  digest({ start, end }: FieldNode): number {
    const step = 1 + ((end - start) >> 5)
    let digest = end - start
    for (let at = start; at < end; at += step) digest = (Math.imul(digest, 31) + (this.bytes[at] ?? 0)) | 0
    return digest >>> 8
  }

  isWritten({ start, end }: FieldNode, bytes: Uint8Array): boolean {
    return bytes.length === end - start && isAt(this.bytes, start, bytes)
  }

  copy({ start, end }: FieldNode): Uint8Array {
    return Uint8Array.from(this.bytes.subarray(start, end))
  }

  /** Bytes that the cells take at most. */
  get most(): number {
    return 3 * (this.end - this.start) + this.names.own.length
  }

  /** Writes the cells of the table's own columns, each with what stands behind it; gives the place behind. */
  writeCells(target: Buffer, at: number): number {
    let to = at
    for (const { node, part } of this.names.own) {
      if (node === undefined || node.event !== this.number) target[to++] = NOTHING_BYTE
      else to = part ? this.writePart(target, to, node) : this.writeText(target, to, node)
      target[to++] = BETWEEN_BYTE
    }
    return to
  }

  /** Writes the event; gives the place behind. */
  writeRaw(target: Buffer, at: number): number {
    return this.print(target, at, this.start, this.end)
  }

  private writePart(target: Buffer, at: number, { start, end }: FieldNode): number {
    const first = this.bytes[start]
    if (first === OPEN || first === OPEN_LIST) return this.print(target, at, start, end)
    target[at] = NOTHING_BYTE
    return at + 1
  }

  private writeText(target: Buffer, at: number, { start, end }: FieldNode): number {
    const { bytes } = this
    if (bytes[start] !== QUOTE) {
      target[at] = NOTHING_BYTE
      return at + 1
    }
    let to = at
    for (let from = start + 1; from < end - 1; from++) {
      if (bytes[from] === BACKSLASH) from++
      target[to++] = bytes[from] ?? 0
    }
    return to
  }

  /** Writes what stands between two places without the cuts. */
  private print(target: Buffer, at: number, start: number, end: number): number {
    let from = start
    let to = at
    for (let cut = 0; cut < this.cutCount; cut++) {
      const gap = this.cuts[2 * cut] ?? 0
      if (gap < from || gap >= end) continue
      to = copy(this.bytes, from, gap, target, to)
      from = this.cuts[2 * cut + 1] ?? 0
    }
    return copy(this.bytes, from, end, target, to)
  }

  /** All of these give the place behind what they read; negative if it is not plain. */
  private object(from: number, node: FieldNode): number {
    const { bytes } = this
    if (bytes[from] === CLOSE) return from + 1
    const object = ++this.objects
    let guess = node.first
    let before: FieldNode | undefined
    for (let at = from; ; ) {
      if (bytes[at++] !== QUOTE) return -1
      let child = guess
      if (child === undefined || !isAt(bytes, at, child.head)) {
        child = this.known(at, node)
        if (child === undefined) return -1
        if (before === undefined) node.first = child
        else before.next = child
      }
      if (child.object === object) return -1
      child.object = object
      at += child.head.length
      child.event = this.number
      child.start = at
      at = bytes[at] === QUOTE ? endOfText(bytes, at + 1) : this.other(at, child)
      if (at < 0) return -1
      child.end = at
      const byte = bytes[at++]
      if (byte === CLOSE) return at
      if (byte !== COMMA) return -1
      before = child
      guess = child.next
    }
  }

  /** The field whose key begins there; undefined if it is new. */
  private known(at: number, node: FieldNode): FieldNode | undefined {
    const end = endOfText(this.bytes, at)
    if (end < 0) return undefined
    const child = node.below.get(this.bytes.toString('latin1', at, end - 1))
    return child !== undefined && child.head.length > 0 && isAt(this.bytes, at, child.head)
      ? child
      : undefined
  }

  /** What is no text, under a key. */
  private other(at: number, node: FieldNode): number {
    const first = this.bytes[at] ?? 0
    if (first === OPEN) return this.object(at + 1, node)
    if (first === OPEN_LIST) return (node.step?.below.length ?? 0) > 0 ? -1 : this.list(at + 1, node)
    if (first === LETTER_N && !node.odd) return -1
    return this.scalar(at, node.odd)
  }

  private list(from: number, node: FieldNode): number {
    const { bytes } = this
    if (bytes[from] === CLOSE_LIST) return from + 1
    for (let at = from; ; ) {
      const first = bytes[at] ?? 0
      if (first === QUOTE) at = endOfText(bytes, at + 1)
      else if (first === OPEN) at = this.object(at + 1, node)
      else at = first === OPEN_LIST ? -1 : this.scalar(at, true)
      if (at < 0) return -1
      const byte = bytes[at++]
      if (byte === CLOSE_LIST) return at
      if (byte !== COMMA) return -1
    }
  }

  private scalar(at: number, odd: boolean): number {
    const first = this.bytes[at] ?? 0
    if (first === MINUS || (first >= ZERO && first <= NINE)) return this.endOfNumber(at, odd)
    return endOfLiteral(this.bytes, at)
  }

  private endOfNumber(from: number, odd: boolean): number {
    const { bytes } = this
    const first = bytes[from] === MINUS ? from + 1 : from
    const zero = bytes[first] === ZERO
    const point = endOfDigits(bytes, first)
    if (point === first || point - first > MOST_DIGITS) return -1
    // Nor `-0`, nor `01`.
    if (zero && (first > from || point - first > 1)) return -1
    if (bytes[point] !== POINT) return isPower(bytes[point]) ? -1 : point
    const end = endOfDigits(bytes, point + 1)
    if (end === point + 1 || isPower(bytes[end])) return -1
    if (isZeros(bytes, point + 1, end)) return this.cut(point, end)
    const small = zero && bytes[point + 1] === ZERO
    const certain = !small && bytes[end - 1] !== ZERO && end - first <= MOST_DIGITS
    return odd && certain ? end : -1
  }

  private cut(start: number, end: number): number {
    if (this.cutCount === MOST_CUTS) return -1
    this.cuts[2 * this.cutCount] = start
    this.cuts[2 * this.cutCount + 1] = end
    this.cutCount++
    return end
  }
}
