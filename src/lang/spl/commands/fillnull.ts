import type { Lowering } from '../../../plan/lowering.ts'
import { extend, type Pipeline, visible, window } from '../../../plan/pipeline.ts'
import type { Aggregate, Relation, WindowColumn } from '../../../plan/relation.ts'
import type { Scalar } from '../../../plan/scalar.ts'
import { column, isNull, not, number, text } from '../../../plan/scalars.ts'
import { type Command, printOptions } from '../command.ts'
import { type Context, fieldOf, has, matching, maybe } from '../lower/context.ts'
import { chosen } from '../lower/functions/conditions.ts'
import type { OptionTypes } from '../options.ts'
import { optionOf } from '../options.ts'
import { printNames } from '../syntax/aggregations.ts'
import type { Name } from '../syntax/tree.ts'

const OPTIONS: OptionTypes = { value: 'text' }

export const fillnull: Command<'fillnull'> = {
  names: ['fillnull'],
  read: reader => {
    const options = reader.options(OPTIONS)
    const fields = reader.names()
    reader.finish(OPTIONS)
    return { options, fields }
  },
  lower: function* ({ options, fields }, rows, context) {
    const value = optionOf(options, 'value') ?? '0'
    const names = fields.length > 0 ? namesOf(rows, fields, context) : yield* present(rows)
    return extend(
      rows,
      names.map(name => ({ name, value: filled(maybe(rows, name), value) })),
    )
  },
  print: ({ options, fields }) => printOptions(options) + printNames(fields),
}

export const filldown: Command<'filldown'> = {
  names: ['filldown'],
  read: reader => {
    const fields = reader.names()
    reader.finish()
    return { options: [], fields }
  },
  lower: ({ fields }, rows, context) => {
    const names = fields.length > 0 ? namesOf(rows, fields, context) : visible(rows).map(({ name }) => name)
    const columns = names.map((name): WindowColumn => {
      const of = maybe(rows, name)
      const aggregate = { fn: 'last', of, orderBy: rows.order, type: of.type } as const
      return {
        name,
        fn: 'aggregate',
        aggregate,
        frame: { from: 'start', to: 0 },
        partitionBy: [],
        orderBy: rows.order,
        type: of.type,
      }
    })
    return window(rows, columns)
  },
  print: ({ fields }) => printNames(fields),
}

function namesOf(rows: Pipeline, fields: readonly Name[], context: Context): readonly string[] {
  return fields.flatMap(field => {
    if (field.name.includes('*')) return matching(rows, field.name).map(({ name }) => name)
    if (!has(rows, field.name)) fieldOf(rows, field, context)
    return [field.name]
  })
}

/** The fields that any row has, which are those that Splunk knows of. */
function* present(rows: Pipeline): Lowering<readonly string[]> {
  const columns = visible(rows).filter(({ name }) => !name.startsWith('_'))
  const aggregates = columns.map(({ name, type }, at): Aggregate => {
    return { name: `f${at}`, fn: 'count', of: column(name, type), type: 'number' }
  })
  if (columns.length === 0) return []
  const relation: Relation = { op: 'group', from: rows.relation, by: [], aggregates }
  const { rows: found } = yield { relation, limit: 1, why: 'fields that have a value, for fillnull' }
  const [counts] = found
  return columns.flatMap(({ name }, at) => (counts?.[`f${at}`] === 0 ? [] : [name]))
}

/** Splunk fills in text; a number stays one if the filling reads as a number. */
function filled(value: Scalar, by: string): Scalar {
  const numeric = value.type === 'number' && by.trim() !== '' && Number.isFinite(Number(by))
  return chosen([[not(isNull(value)), value]], numeric ? number(Number(by)) : text(by))
}
