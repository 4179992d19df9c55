import type { Scalar } from '../../../../plan/scalar.ts'
import { as, call, column, known, nothing, number, text } from '../../../../plan/scalars.ts'
import type { Expression } from '../../syntax/tree.ts'
import { fieldOf, refuse } from '../context.ts'
import { spanSeconds } from '../relative-time.ts'
import { isNothing, literalOf, truthOf } from '../values.ts'
import { type EvalFunctions, type Given, MANY, takes } from './function.ts'
import { matches } from './patterns.ts'

/** Functions of multivalue fields; a single value is a list of one. */
export const lists: EvalFunctions = {
  split: takes(2, 2, ({ value }) => {
    const [of, by] = [value(0), value(1)]
    if (isNothing(of) || isNothing(by)) return nothing('list')
    return call('split', of, by)
  }),
  mvindex: takes(2, 3, ({ value, args }) => {
    const of = as('list', value(0))
    if (args.length === 2) return call('list_at', of, value(1))
    return call('list_slice', of, value(1), value(2))
  }),
  mvcount: takes(1, 1, ({ value }) => call('list_length', as('list', value(0)))),
  mvjoin: takes(2, 2, ({ value, at }) => {
    const by = literalOf(value(1))
    if (isNothing(value(1))) return nothing('text')
    if (by === undefined)
      return refuse('spl/arguments', 'the text between the values must be given as a text', at)
    return call('list_join', as('list', value(0)), text(String(by)))
  }),
  mvappend: takes(1, MANY, ({ all }) => {
    const values = all().filter(value => !isNothing(value))
    return values.length === 0
      ? nothing('list')
      : call('list_concat', ...values.map(value => as('list', value)))
  }),
  mvdedup: takes(1, 1, ({ value }) => call('list_unique', as('list', value(0)))),
  mvreverse: takes(1, 1, ({ value }) => call('list_reverse', as('list', value(0)))),
  mvsort: takes(1, 1, ({ value }) => call('list_sort', as('list', value(0)))),
  mvfind: takes(2, 2, ({ value, at }) => {
    const of = as('list', value(0))
    if (isNothing(value(0)) || isNothing(value(1))) return number(null)
    const body = matches(column(MEMBER, 'text'), value(1), at)
    const found: Scalar = { kind: 'each', how: 'filter', of, name: MEMBER, body, type: 'list' }
    return call('list_place', of, call('list_at', found, number(0)))
  }),
  mvfilter: takes(1, 1, given => {
    const name = onlyField(given)
    const body = known(truthOf(given.inside(name.name, column(MEMBER, 'text'), given.args[0] ?? name)))
    return { kind: 'each', how: 'filter', of: listNamed(given, name), name: MEMBER, body, type: 'list' }
  }),
  /** The field in the first argument stands for one value of it in the second. */
  mvmap: takes(2, 2, given => {
    const [first, body] = given.args
    const [field, ...others] = new Set(fieldsIn(first).map(({ name }) => name))
    if (others.length > 0 || body === undefined)
      return refuse('spl/arguments', 'the first argument of mvmap looks at one field', given.at)
    const value = as('text', given.inside(field ?? MEMBER, column(MEMBER, 'text'), body))
    const of = as('list', given.value(0))
    return { kind: 'each', how: 'map', of, name: MEMBER, body: value, type: 'list' }
  }),
  mvzip: takes(2, 3, ({ value, args }) =>
    call('list_zip', as('list', value(0)), as('list', value(1)), args.length === 3 ? value(2) : text(',')),
  ),
  mvrange: takes(2, 3, ({ value, args, at }) => {
    const by = args.length === 3 ? literalOf(value(2)) : 1
    const step = typeof by === 'string' ? spanSeconds(by) : by
    if (typeof step !== 'number' || step === 0)
      return refuse('spl/arguments', 'the step of mvrange must be a number', at)
    return call('list_range', value(0), value(1), number(step))
  }),
  /** The names of the commands of a search, as a text. */
  commands: takes(1, 1, ({ value, at, context }) => {
    const literal = literalOf(value(0))
    if (typeof literal !== 'string')
      return refuse('spl/arguments', 'the search of commands() must be a text', at)
    return call('list_of', ...context.read(literal, at).stages.map(({ kind }) => text(kind)))
  }),
}

const MEMBER = '$member'

function listNamed({ rows, context }: Given, field: Extract<Expression, { kind: 'field' }>): Scalar {
  return as('list', fieldOf(rows, field, context))
}

/** The one field that a condition looks at. */
function onlyField(given: Given): Extract<Expression, { kind: 'field' }> {
  const names = new Map(fieldsIn(given.args[0]).map(field => [field.name, field]))
  const [only] = names.values()
  if (only === undefined || names.size > 1)
    return refuse('spl/arguments', 'mvfilter looks at one field', given.at)
  return only
}

function fieldsIn(expression: Expression | undefined): readonly Extract<Expression, { kind: 'field' }>[] {
  switch (expression?.kind) {
    case 'field':
      return [expression]
    case 'call':
      return expression.args.flatMap(fieldsIn)
    case 'sign':
    case 'not':
      return fieldsIn(expression.of)
    case 'binary':
      return [...fieldsIn(expression.left), ...fieldsIn(expression.right)]
    case 'in':
      return [expression.of, ...expression.values].flatMap(fieldsIn)
    default:
      return []
  }
}
