import type { LookupTable, Lowering } from '../../../plan/lowering.ts'
import { append, columnNamed, filter, limit, type Pipeline, select } from '../../../plan/pipeline.ts'
import type { Relation } from '../../../plan/relation.ts'
import { as, column, compare, isNull, not } from '../../../plan/scalars.ts'
import { isOn, numberOf, optionOf } from '../options.ts'
import type { Stages } from '../syntax/tree.ts'
import { type Context, shown } from './context.ts'

/**
 * What `outputlookup` does: the rows become a table that later stages can read. With `key_field` those of the table
 * with the same key are replaced, or with `allow_updates=f` stay as they are.
 */
export function* writtenLookup(
  { options, table }: Stages['outputlookup'],
  rows: Pipeline,
  { environment }: Context,
): Lowering<Pipeline> {
  const most = numberOf(options, 'max', 0)
  const written = most > 0 ? limit(rows, most) : rows
  const key = optionOf(options, 'key_field')
  const adds = isOn(options, 'append', key !== undefined)
  const before = environment.lookup(table.name)
  if (before !== undefined && !adds && !isOn(options, 'override_if_empty', true)) {
    const some = yield { relation: written.relation, limit: 1, why: 'whether there are rows to write' }
    if (some.rows.length === 0) return rows
  }
  if (before === undefined || key === undefined || !adds) environment.write(table.name, written, adds)
  else
    environment.write(table.name, merged(before, written, key, isOn(options, 'allow_updates', true)), false)
  return rows
}

function merged(before: LookupTable, written: Pipeline, key: string, updates: boolean): Pipeline {
  const there: Pipeline = { relation: before.listed ?? before.relation, order: [] }
  return updates ? append(without(there, written, key), written) : append(there, without(written, there, key))
}

/** The rows whose key none of the others has. */
function without(rows: Pipeline, others: Pipeline, key: string): Pipeline {
  const [own, other] = [columnNamed(rows, key), columnNamed(others, key)]
  if (own === undefined || other === undefined) return rows
  const right: Relation = {
    op: 'group',
    from: filter(others, not(isNull(other))).relation,
    by: [{ name: '$key', value: as('text', other) }],
    aggregates: [],
  }
  const on = compare('eq', as('text', own), column('$key', 'text'), { how: 'text' })
  const joined: Pipeline = {
    relation: { op: 'join', how: 'left', left: rows.relation, right, on },
    order: rows.order,
  }
  return select(filter(joined, isNull(column('$key', 'text'))), shown(rows))
}
