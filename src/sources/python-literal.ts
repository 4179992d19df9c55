import type { Json } from '../core/json.ts'
import { stringEnd } from './json-text.ts'
import { type Growing, put } from './put.ts'

/** Deeper nesting is refused. */
const DEEPEST = 32

/** What Python's `repr` prints of dicts, lists, tuples, strings, numbers, booleans and None; `undefined` if it is anything else. */
export function pythonLiteral(text: string): Json | undefined {
  const reader: Reader = { text, at: 0 }
  const value = readValue(reader, 0)
  skipSpace(reader)
  return reader.at === text.length ? value : undefined
}

interface Reader {
  readonly text: string
  at: number
}

function readValue(reader: Reader, depth: number): Json | undefined {
  if (depth > DEEPEST) return
  skipSpace(reader)
  const char = reader.text[reader.at]
  if (char === '{') return readDict(reader, depth)
  if (char === '[') return readList(reader, depth, ']')
  if (char === '(') return readList(reader, depth, ')')
  return readString(reader) ?? readWord(reader)
}

function readDict(reader: Reader, depth: number): Json | undefined {
  const object: Growing = {}
  reader.at += 1
  while (!takes(reader, '}')) {
    const key = readValue(reader, depth + 1)
    if (typeof key === 'object' || key === undefined || !takes(reader, ':')) return
    const value = readValue(reader, depth + 1)
    if (value === undefined) return
    put(object, String(key), value)
    if (!takes(reader, ',') && !sees(reader, '}')) return
  }
  return object
}

function readList(reader: Reader, depth: number, end: string): Json | undefined {
  const list: Json[] = []
  reader.at += 1
  while (!takes(reader, end)) {
    const value = readValue(reader, depth + 1)
    if (value === undefined) return
    list.push(value)
    if (!takes(reader, ',') && !sees(reader, end)) return
  }
  return list
}

function readString(reader: Reader): string | undefined {
  const { text } = reader
  const start = /[ub]/.test(text[reader.at] ?? '') ? reader.at + 1 : reader.at
  if (text[start] !== "'" && text[start] !== '"') return
  const end = stringEnd(text, start)
  if (end < 0) return
  reader.at = end + 1
  return text
    .slice(start + 1, end)
    .replaceAll(/\\(x[0-9a-f]{2}|u[0-9a-f]{4}|U[0-9a-f]{8}|.)/gis, (_, code: string) => unescaped(code))
}

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['n', '\n'],
  ['t', '\t'],
  ['r', '\r'],
])

/** What stands after the backslash. */
function unescaped(code: string): string {
  if (code.length === 1) return ESCAPES.get(code) ?? code
  const point = Number.parseInt(code.slice(1), 16)
  return point > 0x10ffff ? `\\${code}` : String.fromCodePoint(point)
}

const WORD = /None|True|False|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y

function readWord(reader: Reader): Json | undefined {
  WORD.lastIndex = reader.at
  const word = WORD.exec(reader.text)?.[0]
  if (word === undefined) return
  reader.at = WORD.lastIndex
  if (word === 'None') return null
  return word === 'True' || word === 'False' ? word === 'True' : Number(word)
}

function takes(reader: Reader, char: string): boolean {
  const seen = sees(reader, char)
  if (seen) reader.at += 1
  return seen
}

function sees(reader: Reader, char: string): boolean {
  skipSpace(reader)
  return reader.text[reader.at] === char
}

function skipSpace(reader: Reader): void {
  while (/\s/.test(reader.text[reader.at] ?? '')) reader.at += 1
}
