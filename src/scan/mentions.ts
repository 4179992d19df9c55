import type { JsonObject } from '../core/json.ts'
import { someScalar } from './compile.ts'

/**
 * Does an event name this entity anywhere: as a whole value, or inside one where it is not part of a longer word
 * (`10.0.0.1` is not in `10.0.0.12`, a bucket `logs` is in `arn:aws:s3:::logs/x` and not in `logs-archive`)?
 */
export function mentions(entity: string): (event: JsonObject, text: string) => boolean {
  const wanted = entity.toLowerCase()
  const quick = wanted.length < 3 ? undefined : wanted
  const test = (text: string): boolean => names(text.toLowerCase(), wanted)
  return (event, text) => {
    // The raw text is searched first, where it cannot spell the value otherwise.
    if (
      quick !== undefined &&
      plain.test(quick) &&
      !text.includes('\\u') &&
      !text.toLowerCase().includes(quick)
    )
      return false
    return someScalar(event, test)
  }
}

/** Printable ASCII that JSON writes as it is. */
const plain = /^[ !#-.0-[\]-~]+$/

const word = /[\p{L}\p{N}_.-]/u

function names(text: string, wanted: string): boolean {
  for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + 1)) {
    const before = text[at - 1] ?? ' '
    const after = text[at + wanted.length] ?? ' '
    if (!word.test(before) && !word.test(after)) return true
  }
  return false
}
