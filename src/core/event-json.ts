import type { Json } from './json.ts'
import { compactJson } from './text.ts'

/**
 * An event printed anew, as every engine reads it: a lone surrogate, of which JSON has only an escape, becomes U+FFFD, a NUL
 * U+2400, and a number beyond all others, for which JSON has no word, the text `Infinity`. Empty if it is too deep to print.
 */
export function eventJson(event: Json): string {
  const json = compactJson(event)
  return engineJson(json.includes('null') && isBoundless(event) ? JSON.stringify(event, bounded) : json)
}

/** The same of JSON that has been printed. */
function engineJson(json: string): string {
  return json.includes('\\u')
    ? json.replace(/\\(?:u(?:d[89a-f][0-9a-f]{2}|0000)|.)/g, found =>
        found.length === 2 ? found : found === '\\u0000' ? '\u2400' : '\ufffd',
      )
    : json
}

function isBoundless(value: Json): boolean {
  if (typeof value === 'number') return !Number.isFinite(value)
  return typeof value === 'object' && value !== null && Object.values(value).some(isBoundless)
}

function bounded(_: string, value: Json): Json {
  return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value
}
