import { type Pipeline, select } from '../../../plan/pipeline.ts'
import type { Named } from '../../../plan/relation.ts'
import { column } from '../../../plan/scalars.ts'
import type { Command } from '../command.ts'
import { type Context, fieldOf, matching } from '../lower/context.ts'
import { printNames } from '../syntax/aggregations.ts'
import type { Name } from '../syntax/tree.ts'

export const table: Command<'table'> = {
  names: ['table'],
  read: reader => {
    const fields = reader.names()
    reader.finish()
    return { options: [], fields }
  },
  lower: ({ fields }, rows, context) => select(rows, chosenColumns(rows, fields, context)),
  print: ({ fields }) => printNames(fields),
}

/** The columns that names stand for, each once, in the order of the names; one that is missing is empty. */
function chosenColumns(rows: Pipeline, fields: readonly Name[], context: Context): readonly Named[] {
  const chosen = fields.flatMap(field =>
    field.name.includes('*')
      ? matching(rows, field.name).map(({ name, type }) => ({ name, value: column(name, type) }))
      : [{ name: field.name, value: fieldOf(rows, field, context) }],
  )
  return [...new Map(chosen.map(named => [named.name, named])).values()]
}
