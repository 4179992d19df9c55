import type { Span } from '../../../core/diagnostic.ts'
import { readPattern } from '../../../plan/read-pattern.ts'
import { limits } from '../limits.ts'
import type { Reading } from '../reading.ts'
import { join } from '../wildcards.ts'
import { changeEach, type Modifier, type Operand, type Validity } from './modifier.ts'
import { type TableValue, tableValues } from './table-values.ts'

/**
 * Puts in the values of `%name%`, and of `%table.column%` those of the organisation's tables; `\%` is a literal sign. A
 * placeholder without values refuses the rule, for the test would mean nothing. Wildcards in the values count.
 */
export const expand: Modifier = {
  names: ['expand'],
  family: 'placeholder',
  apply(item, reading) {
    return changeEach(item, (operand, at) => {
      if (operand.kind !== 'text') return operand
      return fill(operand.raw, reading, at).map(operandOf)
    })
  },
}

/** A text and what it means. They are joined each by itself: a value that ends in `\` must not escape what follows. */
type Filled = TableValue

function operandOf({ raw, pattern, network, during }: Filled): Operand {
  const compared = network
    ? ({ kind: 'network', text: raw } as const)
    : ({ kind: 'text', raw, pattern } as const)
  return during === undefined ? compared : { ...compared, during }
}

function fill(text: string, reading: Reading, at: Span): readonly Filled[] {
  let filled: readonly Filled[] = [{ raw: '', pattern: [] }]
  for (const piece of pieces(text)) {
    const values = piece.kind === 'text' ? [textValue(piece.text)] : valuesOf(piece.text, reading, at)
    if (filled.length * values.length > limits.values) {
      reading.problems.error('sigma/too-many-values', 'its placeholders make too many values', { at })
      return []
    }
    filled = filled.flatMap(before => values.map(next => joined(before, next)))
  }
  if (
    filled.some(({ network }) => network) &&
    pieces(text).some(({ kind, text: part }) => kind === 'text' && part !== '')
  )
    reading.problems.error('sigma/network-in-text', 'a network cannot be part of a text', {
      at,
      help: 'let the placeholder stand alone: the field is then tested to be an address in the network',
    })
  return filled
}

function textValue(raw: string): Filled {
  return { raw, pattern: readPattern(raw) }
}

function joined(before: Filled, next: Filled): Filled {
  const during = both(before.during, next.during)
  return {
    raw: before.raw + next.raw,
    pattern: join(before.pattern, next.pattern),
    ...(before.network || next.network ? { network: true } : {}),
    ...(during === undefined ? {} : { during }),
  }
}

/** The time in which both hold. */
function both(left: Validity | undefined, right: Validity | undefined): Validity | undefined {
  if (left === undefined || right === undefined) return left ?? right
  const from = Math.max(left.from ?? Number.NEGATIVE_INFINITY, right.from ?? Number.NEGATIVE_INFINITY)
  const until = Math.min(left.until ?? Number.POSITIVE_INFINITY, right.until ?? Number.POSITIVE_INFINITY)
  return {
    ...(Number.isFinite(from) ? { from } : {}),
    ...(Number.isFinite(until) ? { until } : {}),
    approvals: [...left.approvals, ...right.approvals],
  }
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

/** `table.column`, as names of tables and columns are written. */
const COLUMN = /^[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*$/

function valuesOf(name: string, reading: Reading, at: Span): readonly Filled[] {
  const values = reading.placeholders.get(name)
  if (values !== undefined && values.length > 0) return values.map(textValue)
  if (values === undefined && COLUMN.test(name)) return tableValues(name, reading, at)
  reading.problems.error('sigma/placeholder', `the placeholder %${name}% has no values`, {
    at,
    help: `the rule needs to know your environment: give values for "${name}", or take this item out of the rule`,
  })
  return []
}
