import type { Span } from '../../../core/diagnostic.ts'
import type { Answer, Lowering } from '../../../plan/lowering.ts'
import { finished, limit, visible } from '../../../plan/pipeline.ts'
import type { Cell } from '../../../plan/relation.ts'
import type { Expression, Search, Stages } from '../syntax/tree.ts'
import type { Context } from './context.ts'

/** Rows of a subsearch that an expression is made of at most. */
const MOST = 1000

/**
 * The expression with its subsearches run: `return $field` stands for the value, anything else for a condition.
 * What comes of the data stays a value, never a piece of expression.
 */
export function* withoutSubsearches(expression: Expression, context: Context): Lowering<Expression> {
  const inside = (inner: Expression): Lowering<Expression> => withoutSubsearches(inner, context)
  switch (expression.kind) {
    case 'subsearch':
      return oneOf(yield* found(expression.search, context), expression.at)
    case 'call':
      return { ...expression, args: yield* each(expression.args, context) }
    case 'binary':
      return { ...expression, left: yield* inside(expression.left), right: yield* inside(expression.right) }
    case 'sign':
    case 'not':
      return { ...expression, of: yield* inside(expression.of) }
    case 'in':
      return {
        ...expression,
        of: yield* inside(expression.of),
        values: yield* each(expression.values, context),
      }
    default:
      return expression
  }
}

/** A subsearch in a list stands for all of its values. */
function* each(all: readonly Expression[], context: Context): Lowering<readonly Expression[]> {
  const done: Expression[] = []
  for (const one of all) {
    if (one.kind === 'subsearch') done.push(...(yield* found(one.search, context)))
    else done.push(yield* withoutSubsearches(one, context))
  }
  return done
}

/** What each row of a subsearch stands for. */
function* found(search: Search, context: Context): Lowering<readonly Expression[]> {
  const { stages, at } = search
  const last = stages.at(-1)
  const returned = last?.kind === 'return' ? last : undefined
  const rows = yield* context.lower(returned === undefined ? search : { stages: stages.slice(0, -1), at })
  const most = returned?.count ?? MOST
  const answer: Answer = yield {
    relation: finished(limit(rows, most)),
    limit: most,
    why: 'rows of a subsearch',
  }
  const names = visible(rows).map(({ name }) => name)
  return answer.rows.flatMap(row => {
    const parts = returned === undefined ? fieldsOf(row, names, at) : returnedParts(row, returned)
    return parts.length === 0 ? [] : [joined('AND', parts, at)]
  })
}

type Row = Answer['rows'][number]

function returnedParts(row: Row, { fields }: Stages['return']): readonly Expression[] {
  return fields.flatMap(({ alias, value, field }) =>
    cells(row[field.name]).map(cell =>
      value ? literal(cell, field.at) : equal(alias ?? field.name, cell, field.at),
    ),
  )
}

function fieldsOf(row: Row, names: readonly string[], at: Span): readonly Expression[] {
  const shown = names.filter(name => !name.startsWith('_'))
  return shown.flatMap(name => cells(row[name]).map(cell => equal(name, cell, at)))
}

function equal(name: string, cell: string, at: Span): Expression {
  const left: Expression = { kind: 'field', name, quoted: true, at }
  return { kind: 'binary', op: '=', left, right: literal(cell, at), at }
}

function literal(cell: string, at: Span): Expression {
  if (/^-?\d{1,15}(\.\d+)?$/.test(cell)) return { kind: 'number', text: cell, at }
  const bare = /^"([^"]*)"$/.exec(cell)?.[1]
  return { kind: 'string', value: bare ?? cell, at }
}

/** Nothing at all is null. */
function oneOf(all: readonly Expression[], at: Span): Expression {
  return all.length === 0 ? { kind: 'call', name: 'null', args: [], at } : joined('OR', all, at)
}

function joined(op: 'AND' | 'OR', all: readonly Expression[], at: Span): Expression {
  return all.reduce((left, right): Expression => ({ kind: 'binary', op, left, right, at }))
}

function cells(cell: Cell | undefined): readonly string[] {
  if (cell === undefined || cell === null) return []
  return typeof cell === 'object' ? cell : [String(cell)]
}
