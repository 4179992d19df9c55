import type { Json } from '../core/json.ts'
import { parseJson } from './json-text.ts'
import { pythonLiteral } from './python-literal.ts'
import { structLiteral } from './struct-literal.ts'

/** Longer cells stay texts. */
const LONGEST = 4 * 1024 * 1024

/**
 * The object or list that a cell holds as JSON, as Python prints it (`{'a': None}`), or as Athena and CloudTrail Lake do
 * (`{a=b, c=[d]}`); `undefined` if it is none of these. Nothing is evaluated.
 */
export function looseLiteral(text: string): Json | undefined {
  const trimmed = text.trim()
  if (trimmed.length > LONGEST || !/^[{[(]/.test(trimmed)) return
  return parseJson(trimmed) ?? pythonLiteral(trimmed) ?? structLiteral(trimmed)
}
