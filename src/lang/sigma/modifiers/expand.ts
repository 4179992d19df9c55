import type { Span } from '../../../core/diagnostic.ts'
import { limits } from '../limits.ts'
import type { Reading } from '../reading.ts'
import { readPattern } from '../wildcards.ts'
import { changeEach, type Modifier } from './modifier.ts'

/**
 * Puts in the values of `%name%`; `\%` is a literal sign. A placeholder without values refuses the rule, for
 * the test would mean nothing. Wildcards in the values count.
 */
export const expand: Modifier = {
  names: ['expand'],
  family: 'placeholder',
  apply(item, reading) {
    return changeEach(item, (operand, at) => {
      if (operand.kind !== 'text') return operand
      return fill(operand.raw, reading, at).map(raw => ({ kind: 'text', raw, pattern: readPattern(raw) }))
    })
  },
}

function fill(raw: string, reading: Reading, at: Span): readonly string[] {
  let filled: readonly string[] = ['']
  for (const [piece, name] of pieces(raw)) {
    const values = name === undefined ? [piece] : valuesOf(name, reading, at)
    if (filled.length * values.length > limits.values) {
      reading.problems.error('sigma/too-many-values', 'its placeholders make too many values', { at })
      return []
    }
    filled = filled.flatMap(before => values.map(value => before + value))
  }
  return filled
}

/** Literal texts, and placeholders with their names. */
function pieces(raw: string): readonly (readonly [string, string | undefined])[] {
  return Array.from(raw.matchAll(/\\%|%([\w.-]{1,200})%|[^\\%]+|[\\%]/g), ([piece, name]) => [
    piece === '\\%' ? '%' : piece,
    name,
  ])
}

function valuesOf(name: string, reading: Reading, at: Span): readonly string[] {
  const values = reading.placeholders.get(name)
  if (values !== undefined && values.length > 0) return values
  reading.problems.error('sigma/placeholder', `the placeholder %${name}% has no values`, {
    at,
    help: `the rule needs to know your environment: give values for "${name}", or take this item out of the rule`,
  })
  return []
}
