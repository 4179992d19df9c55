import { select } from '../../../plan/pipeline.ts'
import type { Command } from '../command.ts'
import { fieldOf, has, matching, maybe, shown } from '../lower/context.ts'
import { printNames } from '../syntax/aggregations.ts'

export const fields: Command<'fields'> = {
  names: ['fields'],
  read: reader => {
    reader.space()
    const remove = reader.match(/([-+])[\s,]*/y)?.[1] === '-'
    const names = reader.names()
    if (names.length === 0) reader.unexpected('the name of a field is missing')
    reader.finish()
    return { options: [], fields: names, remove }
  },
  lower: (stage, rows, context) => {
    const names = new Set(stage.fields.flatMap(({ name }) => matching(rows, name).map(found => found.name)))
    if (stage.remove)
      return select(
        rows,
        shown(rows).filter(({ name }) => !names.has(name)),
      )
    for (const field of stage.fields) if (!field.name.includes('*')) fieldOf(rows, field, context)
    for (const name of KEPT) if (has(rows, name)) names.add(name)
    return select(
      rows,
      [...names].map(name => ({ name, value: maybe(rows, name) })),
    )
  },
  print: stage => (stage.remove ? '- ' : '') + printNames(stage.fields),
}

/** They stay unless they are removed by name. */
const KEPT = ['_time', '_raw']
