import type { Json } from '../core/json.ts'
import { objectEnd } from './json-text.ts'
import { type Growing, put } from './put.ts'

/** Deeper nesting is refused. */
const DEEPEST = 32

/**
 * A struct, map or array as Athena and CloudTrail Lake print it: `{type=Root, names=[a, b], more={x=null}}`. Values are not
 * quoted, so this is a guess where they hold commas: a comma ends a value only where a name and `=` follow, and in a list
 * always. Every value is a text; members that are null are left out, since a struct prints each member it could have.
 */
export function structLiteral(text: string): Json | undefined {
  const reader: Reader = { text, at: 0 }
  const value = readValue(reader, '', 0)
  return reader.at === text.length ? value : undefined
}

interface Reader {
  readonly text: string
  at: number
}

const NAME = /[ \n]*([^\s={}[\],]{1,128})=/y
const NEXT_NAME = /, ?[^\s={}[\],]{1,128}=/y

/** `within` is what closes the struct or list around the value. */
function readValue(reader: Reader, within: '}' | ']' | '', depth: number): Json | undefined {
  if (depth > DEEPEST) return
  const char = reader.text[reader.at]
  if (char === '{' || char === '[') {
    const json = readJson(reader)
    if (json !== undefined) return json
    return char === '{' ? readStruct(reader, depth) : readList(reader, depth)
  }
  return within === '' ? undefined : readScalar(reader, within)
}

/** A policy is printed as the JSON text that it is, and stays one. */
function readJson(reader: Reader): string | undefined {
  if (!/^[{[]\s*(?:[{[]\s*)?"/.test(reader.text.slice(reader.at, reader.at + 16))) return
  const end = objectEnd(reader.text, reader.at)
  if (end < 0) return
  const json = reader.text.slice(reader.at, end)
  reader.at = end
  return json
}

function readStruct(reader: Reader, depth: number): Json | undefined {
  const object: Growing = {}
  reader.at += 1
  while (!takes(reader, '}')) {
    NAME.lastIndex = reader.at
    const name = NAME.exec(reader.text)?.[1]
    if (name === undefined) return
    reader.at = NAME.lastIndex
    const value = readValue(reader, '}', depth + 1)
    if (value === undefined) return
    if (value !== null) put(object, name, value)
    if (!takes(reader, ',') && reader.text[reader.at] !== '}') return
  }
  return object
}

function readList(reader: Reader, depth: number): Json | undefined {
  const list: Json[] = []
  reader.at += 1
  while (!takes(reader, ']')) {
    const value = readValue(reader, ']', depth + 1)
    if (value === undefined) return
    list.push(value)
    if (takes(reader, ',')) takes(reader, ' ')
    else if (reader.text[reader.at] !== ']') return
  }
  return list
}

/** Up to the bracket that closes what is around it, or to a comma; brackets in pairs belong to the value. */
function readScalar(reader: Reader, within: '}' | ']'): string | null {
  const { text } = reader
  const start = reader.at
  for (let open = 0; reader.at < text.length; reader.at += 1) {
    const char = text[reader.at]
    if (char === '{' || char === '[') open += 1
    else if (char === '}' || char === ']') {
      if (open === 0) break
      open -= 1
    } else if (char === ',' && open === 0 && endsHere(reader, within)) break
  }
  const value = text.slice(start, reader.at)
  return value === 'null' ? null : value
}

function endsHere(reader: Reader, within: '}' | ']'): boolean {
  if (within === ']') return true
  NEXT_NAME.lastIndex = reader.at
  return NEXT_NAME.test(reader.text)
}

function takes(reader: Reader, char: string): boolean {
  const seen = reader.text[reader.at] === char
  if (seen) reader.at += 1
  return seen
}
