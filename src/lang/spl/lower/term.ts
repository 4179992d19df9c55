import { parseNetwork } from '../../../core/ip.ts'
import { never } from '../../../core/never.ts'
import type { Lowering } from '../../../plan/lowering.ts'
import { columnNamed, type Pipeline } from '../../../plan/pipeline.ts'
import type { Comparison, Scalar } from '../../../plan/scalar.ts'
import {
  as,
  both,
  call,
  compare,
  either,
  isNull,
  known,
  not,
  number,
  text,
  truth,
} from '../../../plan/scalars.ts'
import type { Name, Term, TermOperator } from '../syntax/tree.ts'
import { type Context, fieldOf, refuse } from './context.ts'
import { comparable } from './origins.ts'
import { moment } from './relative-time.ts'
import { type TimeBound, timeBoundNamed } from './time-modifiers.ts'
import { anyOf, compared } from './values.ts'
import { wildcards } from './wildcards.ts'
import { wordTest } from './words.ts'

/** A condition of `search` over rows, always true or false; its subsearches are run first. */
export function* lowerTerm(term: Term, rows: Pipeline, context: Context): Lowering<Scalar> {
  return test(yield* withoutSubsearches(term, context), rows, context)
}

function* withoutSubsearches(term: Term, context: Context): Lowering<Term> {
  switch (term.kind) {
    case 'subsearch':
      return (yield* context.condition(term.search)) ?? NEVER
    case 'not':
      return { kind: 'not', of: yield* withoutSubsearches(term.of, context) }
    case 'and':
    case 'or': {
      const of: Term[] = []
      for (const part of term.of) of.push(yield* withoutSubsearches(part, context))
      return { kind: term.kind, of }
    }
    default:
      return term
  }
}

const NEVER: Term = { kind: 'or', of: [] }

/**
 * A condition without subsearches. A term about where events come from, of which the input knows nothing, lets all
 * events through, also inside of a `NOT`.
 */
export function test(term: Term, rows: Pipeline, context: Context, negated = false): Scalar {
  if (isUnmapped(term, rows)) return truth(!negated)
  switch (term.kind) {
    case 'and':
      return both(...term.of.map(part => test(part, rows, context, negated)))
    case 'or':
      return either(...term.of.map(part => test(part, rows, context, negated)))
    case 'not':
      return not(test(term.of, rows, context, !negated))
    case 'compare':
      return compareTest(term, rows, context)
    case 'computed':
      return computedTest(term, rows, context)
    case 'in':
      return inTest(term, rows, context)
    case 'word':
      return wordTest(term, rows)
    case 'subsearch':
      return refuse('spl/subsearch', 'a subsearch cannot stand here', term.at)
    default:
      return never(term)
  }
}

/** Names that say where events come from; where the input knows nothing of them, all of it is meant. */
export const ORIGINS: ReadonlySet<string> = new Set([
  'index',
  'sourcetype',
  'source',
  'host',
  'eventtype',
  'splunk_server',
  'splunk_server_group',
  '_index_earliest',
  '_index_latest',
])

function isUnmapped(term: Term, rows: Pipeline): boolean {
  return (
    (term.kind === 'compare' || term.kind === 'in') &&
    ORIGINS.has(term.field.name) &&
    columnNamed(rows, term.field.name) === undefined
  )
}

const ORDERS: Record<TermOperator, Comparison> = {
  '=': 'eq',
  '!=': 'ne',
  '<': 'lt',
  '<=': 'lte',
  '>': 'gt',
  '>=': 'gte',
}

function compareTest(term: Extract<Term, { kind: 'compare' }>, rows: Pipeline, context: Context): Scalar {
  const { field, op, value, at } = term
  const bound = timeBoundNamed(field.name)
  if (bound !== undefined && op === '=' && columnNamed(rows, field.name) === undefined) {
    return timeTest({ name: '_time', at }, bound, value, { rows, context })
  }
  const origin = comparable(rows, field.name)
  const column = origin ?? fieldOf(rows, field, context)
  if (op === '=') return equals(column, value)
  if (op === '!=' && origin !== undefined) return both(not(isNull(origin)), not(equals(origin, value)))
  if (op === '!=')
    return both(
      not(isNull(column)),
      anyOf(column, one => not(equals(one, value))),
    )
  return known(compared(ORDERS[op], column, text(value), true))
}

function computedTest(
  { field, op, value, at }: Extract<Term, { kind: 'computed' }>,
  rows: Pipeline,
  context: Context,
): Scalar {
  context.environment.note({
    code: 'spl/search-function',
    severity: 'warning',
    message: 'search compares with words alone; here it is what the function gives, as in where',
    at,
  })
  return known(compared(ORDERS[op], fieldOf(rows, field, context), context.value(value, rows), true))
}

/** The text of a search is equal to a value: wildcards, networks and numbers count as what they are. */
export function equals(column: Scalar, value: string): Scalar {
  if (/^\*+$/.test(value)) return not(isNull(column))
  if (value.includes('*')) {
    const pattern = wildcards(value)
    return known(
      anyOf(column, of => ({ kind: 'like', of: as('text', of), pattern, caseless: true, type: 'boolean' })),
    )
  }
  const same = known(compared('eq', column, text(value), true))
  if (!/^[\da-f.:]+\/\d{1,3}$/i.test(value) || typeof parseNetwork(value) === 'string') return same
  const inside = anyOf(column, of =>
    known({ kind: 'cidr', of: as('text', of), network: { text: value }, type: 'boolean' }),
  )
  return either(same, known(inside))
}

/** Lists from here on are looked up instead of compared one by one. */
const LONG = 30

function inTest(term: Extract<Term, { kind: 'in' }>, rows: Pipeline, context: Context): Scalar {
  const column = comparable(rows, term.field.name) ?? fieldOf(rows, term.field, context)
  const plain = term.values.filter(value => !/[*/]/.test(value))
  if (plain.length < LONG) return either(...term.values.map(value => equals(column, value)))
  const list = call('list_of', ...plain.map(value => text(value.toLowerCase())))
  const listed = known(anyOf(column, one => call('list_contains', list, call('lower', one))))
  const others = term.values.filter(value => /[*/]/.test(value))
  return either(listed, ...others.map(value => equals(column, value)))
}

function timeTest(
  field: Name,
  bound: TimeBound,
  value: string,
  { rows, context }: { readonly rows: Pipeline; readonly context: Context },
): Scalar {
  const time = moment(bound.moment(value), context.environment.now)
  if (time === undefined) {
    return refuse(
      'spl/relative-time',
      `"${value}" is no time`,
      field.at,
      'it is written like -24h@h or 1700000000',
    )
  }
  return known(compare(bound.order, as('number', fieldOf(rows, field, context)), number(time)))
}
