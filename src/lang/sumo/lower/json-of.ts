import type { Scalar } from '../../../plan/scalar.ts'
import { call, choose } from '../../../plan/scalars.ts'

/** A text that is JSON, or the JSON object at its end. */
export function jsonOf(value: Scalar): Scalar {
  const tail: Scalar = {
    kind: 'capture',
    of: value,
    regex: { source: '(\\{.*\\})\\s*$', caseless: false, multiline: false, dotall: true },
    group: 1,
    all: false,
    type: 'text',
  }
  return choose(call('json_valid', value), value, tail)
}
