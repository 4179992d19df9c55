import { BINARY_XML, type BinaryValue, isList, itemsOf, textOfValue } from './values.ts'

/** Tokens of binary XML ([MS-EVEN6] 2.2.12), without the bit that says that more follows. */
const END = 0x00
const ELEMENT = 0x01
const END_OF_START = 0x02
const EMPTY = 0x03
const END_OF_ELEMENT = 0x04
const VALUE = 0x05
const ATTRIBUTE = 0x06
const CDATA = 0x07
const CHARACTER = 0x08
const ENTITY = 0x09
const TEMPLATE = 0x0c
const SUBSTITUTION = 0x0d
const OPTIONAL = 0x0e
const FRAGMENT = 0x0f
/** An element has attributes; another attribute follows. */
const MORE = 0x40

const TEMPLATE_HEADER = 24
const DEEPEST = 64
/** What one record may ask for: templates may use templates. */
const MOST_STEPS = 100_000
const LONGEST = 4 * 1024 * 1024

/**
 * The XML that a record's binary XML stands for, printed on one line. `chunk` has the names and templates that it leads
 * to. Throws a `RangeError` for what is none.
 */
export function xmlOfBinary(chunk: Buffer, start: number, end: number): string {
  const reader: Reader = { chunk, at: start, bare: false, steps: 0, length: 0 }
  return fragment(reader, end, [], 0)
}

interface Reader {
  readonly chunk: Buffer
  at: number
  /** In a value outside of templates, whose elements have no number of a dependency. */
  bare: boolean
  steps: number
  length: number
}

type Values = readonly BinaryValue[]

function fragment(reader: Reader, end: number, values: Values, depth: number): string {
  if (depth > DEEPEST) throw broken('depth')
  let xml = ''
  while (reader.at < end) {
    const token = peek(reader)
    if (token === END) break
    if (token === FRAGMENT) reader.at += 4
    else if (token === TEMPLATE) xml += instance(reader, depth)
    else if (token === ELEMENT) xml += element(reader, values, depth)
    else throw broken(`token ${token}`)
  }
  return xml
}

/** A template, here or elsewhere in the chunk, and the values for it. */
function instance(reader: Reader, depth: number): string {
  const { chunk } = reader
  const template = chunk.readUInt32LE(reader.at + 6)
  reader.at += 10
  const start = template + TEMPLATE_HEADER
  const end = start + chunk.readUInt32LE(template + TEMPLATE_HEADER - 4)
  if (template === reader.at) reader.at = end
  const values = valuesOf(reader)
  return elsewhere(reader, { start, end, bare: false }, values, depth)
}

function elsewhere(
  reader: Reader,
  { start, end, bare }: { readonly start: number; readonly end: number; readonly bare: boolean },
  values: Values,
  depth: number,
): string {
  const before = { at: reader.at, bare: reader.bare }
  Object.assign(reader, { at: start, bare })
  const xml = fragment(reader, end, values, depth + 1)
  Object.assign(reader, before)
  return xml
}

function valuesOf(reader: Reader): Values {
  const { chunk } = reader
  const count = chunk.readUInt32LE(reader.at)
  let start = reader.at + 4 + count * 4
  if (start > chunk.length) throw broken(`${count} values`)
  const values = Array.from({ length: count }, (_, place): BinaryValue => {
    const at = reader.at + 4 + place * 4
    const value = { type: chunk.readUInt8(at + 2), start, end: start + chunk.readUInt16LE(at) }
    start = value.end
    return value
  })
  if (start > chunk.length) throw broken('values')
  reader.at = start
  return values
}

function element(reader: Reader, values: Values, depth: number): string {
  if (depth > DEEPEST) throw broken('depth')
  const more = (reader.chunk.readUInt8(reader.at) & MORE) !== 0
  reader.at += reader.bare ? 5 : 7
  const name = nameAt(reader)
  const open = `<${name}${more ? attributes(reader, values, depth) : ''}`
  const token = peek(reader)
  reader.at += 1
  if (token === EMPTY) return printed(reader, `${open}/>`)
  if (token !== END_OF_START) throw broken(`token ${token}`)
  // An element around a list of values stands for one of each.
  const inside = content(reader, values, depth)
  reader.at += 1
  return printed(reader, inside.map(one => `${open}>${one}</${name}>`).join(''))
}

function attributes(reader: Reader, values: Values, depth: number): string {
  let xml = ''
  reader.at += 4
  while (peek(reader) === ATTRIBUTE) {
    reader.at += 1
    const name = nameAt(reader)
    const value = isValue(peek(reader)) ? parts(reader, values, depth).join(' ') : ''
    if (value !== '') xml += ` ${name}="${value}"`
  }
  return xml
}

/** What stands up to the end of an element, once for each value of a list. */
function content(reader: Reader, values: Values, depth: number): readonly string[] {
  let all: readonly string[] = ['']
  for (let token = peek(reader); token !== END_OF_ELEMENT; token = peek(reader)) {
    const next = token === ELEMENT ? [element(reader, values, depth + 1)] : parts(reader, values, depth)
    all = all.length === 1 ? next.map(one => `${all[0]}${one}`) : all.map(one => `${one}${next.join('')}`)
  }
  return all
}

function isValue(token: number): boolean {
  return token >= VALUE && token <= OPTIONAL && token !== ATTRIBUTE && token !== TEMPLATE
}

/** One value in its place: a text, a reference, or one of the values. */
function parts(reader: Reader, values: Values, depth: number): readonly string[] {
  const { chunk } = reader
  const token = peek(reader)
  reader.at += 1
  switch (token) {
    case VALUE:
      reader.at += 1
      return [escaped(text(reader))]
    case CDATA:
      return [escaped(text(reader))]
    case CHARACTER:
      reader.at += 2
      return [`&#${chunk.readUInt16LE(reader.at - 2)};`]
    case ENTITY:
      return [`&${nameAt(reader)};`]
    case SUBSTITUTION:
    case OPTIONAL: {
      const value = values[chunk.readUInt16LE(reader.at)]
      reader.at += 3
      return value === undefined ? [''] : substituted(reader, value, depth)
    }
    default:
      throw broken(`token ${token}`)
  }
}

function substituted(reader: Reader, value: BinaryValue, depth: number): readonly string[] {
  if (isList(value)) return itemsOf(reader.chunk, value).map(escaped)
  if (value.type !== BINARY_XML) return [escaped(textOfValue(reader.chunk, value))]
  return [elsewhere(reader, { start: value.start, end: value.end, bare: true }, [], depth)]
}

/** A number of characters, and these. */
function text(reader: Reader): string {
  const start = reader.at + 2
  reader.at = start + reader.chunk.readUInt16LE(reader.at) * 2
  return reader.chunk.toString('utf16le', start, reader.at)
}

/** A name, which stands where it is used first in the chunk. */
function nameAt(reader: Reader): string {
  const { chunk } = reader
  const offset = chunk.readUInt32LE(reader.at)
  reader.at += 4
  const length = chunk.readUInt16LE(offset + 6)
  if (offset === reader.at) reader.at += 10 + length * 2
  const name = chunk.toString('utf16le', offset + 8, offset + 8 + length * 2)
  if (!/^[\w.:-]{1,256}$/.test(name)) throw broken('name')
  return name
}

function peek(reader: Reader): number {
  reader.steps += 1
  if (reader.steps > MOST_STEPS) throw broken('steps')
  return reader.chunk.readUInt8(reader.at) & ~MORE
}

function printed(reader: Reader, xml: string): string {
  reader.length = Math.max(reader.length, xml.length)
  if (reader.length > LONGEST) throw broken('length')
  return xml
}

function escaped(value: string): string {
  return /[&<>"]/.test(value) ? value.replaceAll(/[&<>"]/g, mark => ESCAPES[mark] ?? mark) : value
}

const ESCAPES: { readonly [mark: string]: string } = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

function broken(what: string): RangeError {
  return new RangeError(`this is no binary XML: ${what}`)
}
