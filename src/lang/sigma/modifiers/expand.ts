import type { Span } from '../../../core/diagnostic.ts'
import type { Pattern } from '../../../plan/pattern.ts'
import { limits } from '../limits.ts'
import type { Reading } from '../reading.ts'
import { join, readPattern } from '../wildcards.ts'
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
      return fill(operand.raw, reading, at).map(filled => ({ kind: 'text', ...filled }))
    })
  },
}

/** A text and what it means. They are joined each by itself: a value that ends in `\` must not escape what follows. */
interface Filled {
  readonly raw: string
  readonly pattern: Pattern
}

function fill(text: string, reading: Reading, at: Span): readonly Filled[] {
  let filled: readonly Filled[] = [{ raw: '', pattern: [] }]
  for (const piece of pieces(text)) {
    const texts = piece.kind === 'text' ? [piece.text] : valuesOf(piece.text, reading, at)
    if (filled.length * texts.length > limits.values) {
      reading.problems.error('sigma/too-many-values', 'its placeholders make too many values', { at })
      return []
    }
    const read = texts.map(raw => ({ raw, pattern: readPattern(raw) }))
    filled = filled.flatMap(before =>
      read.map(next => ({ raw: before.raw + next.raw, pattern: join(before.pattern, next.pattern) })),
    )
  }
  return filled
}

interface Piece {
  readonly kind: 'text' | 'placeholder'
  readonly text: string
}

/** Cuts at the placeholders. `\\` stays as it is, so that what follows it is not escaped. */
function pieces(text: string): readonly Piece[] {
  const found: Piece[] = []
  let run = ''
  for (const [piece, name] of text.matchAll(/\\[\\%]|%([^%\\*?]{1,200})%|[^\\%]+|[\\%]/g)) {
    if (name === undefined) run += piece === '\\%' ? '%' : piece
    else {
      found.push({ kind: 'text', text: run }, { kind: 'placeholder', text: name })
      run = ''
    }
  }
  return [...found, { kind: 'text', text: run }]
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
