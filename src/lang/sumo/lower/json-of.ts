import type { Scalar } from '../../../plan/scalar.ts'
import { call, choose, nothing } from '../../../plan/scalars.ts'

const FLAT = '\\{[^{}]*\\}'
const NESTED = `\\{(?:[^{}]|${FLAT})*\\}`

/** Where an object may stand in a text: from the first brace, from the first with a key, and the last one of a few levels. */
const PLACES = ['(\\{.*\\})', '(\\{\\s*".*\\})', `(\\{(?:[^{}]|${NESTED})*\\})[^{}]*$`]

/** A text that is JSON, or the JSON object in it; null if there is none. */
export function jsonOf(value: Scalar): Scalar {
  const found = PLACES.map((source): Scalar => {
    const regex = { source, caseless: false, multiline: false, dotall: true }
    return { kind: 'capture', of: value, regex, group: 1, all: false, type: 'text' }
  })
  return [value, ...found].reduceRight<Scalar>(
    (otherwise, each) => choose(call('json_valid', each), each, otherwise),
    nothing('text'),
  )
}
