import { type Json, parsedJson } from '../core/json.ts'

/** A value and the text that it was read from. */
export interface Parsed {
  readonly value: Json
  readonly text: string
}

/**
 * The JSON in a text: all of it, else each object in it, so that a syslog prefix, a trailing remark and objects
 * one after another are no hindrance. Takes linear time; what is no JSON is left out.
 */
export function jsonIn(text: string): readonly Parsed[] {
  const whole = parseJson(text)
  if (whole !== undefined) return [{ value: whole, text }]
  const found: Parsed[] = []
  for (let start = text.indexOf('{'); start >= 0; ) {
    const end = objectEnd(text, start)
    if (end < 0) break
    const piece = text.slice(start, end)
    const value = parseJson(piece)
    if (value !== undefined) found.push({ value, text: piece })
    start = text.indexOf('{', end)
  }
  return found
}

/** `undefined` if it is no JSON. */
export function parseJson(text: string): Json | undefined {
  if (!/^\s*["{[]/.test(text)) return
  return parsedJson(text)
}

/** Where the object that starts at a brace ends; -1 if it does not. Braces inside of strings do not count. */
export function objectEnd(text: string, start: number): number {
  let depth = 0
  for (let at = start; at < text.length; at += 1) {
    const char = text[at]
    if (char === '"') {
      at = stringEnd(text, at)
      if (at < 0) return -1
    } else if (char === '{' || char === '[') depth += 1
    else if (char === '}' || char === ']') depth -= 1
    if (depth === 0) return at + 1
  }
  return -1
}

/** Where the quoted text that starts at a quote has its other quote; -1 if it has none. A backslash escapes. */
export function stringEnd(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1
    else if (text[at] === text[start]) return at
  }
  return -1
}
