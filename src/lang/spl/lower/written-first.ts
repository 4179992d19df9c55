import type { Pipeline } from '../../../plan/pipeline.ts'
import type { Name, Search } from '../syntax/tree.ts'
import { objectsIn } from '../walk.ts'
import type { Context } from './context.ts'

/** Names of the tables that a search writes itself. */
export function tablesToCome(search: Search): ReadonlySet<string> {
  const written = new Set<string>()
  for (const { kind, table } of objectsIn(search)) {
    if (kind === 'outputlookup') written.add(plainName((table as Name).name))
  }
  return written
}

/** Such a table, which is not there yet, has no rows; that is told. */
export function emptyTable({ name, at }: Name, { environment, toCome }: Context): Pipeline | undefined {
  if ([name, plainName(name)].some(one => environment.lookup(one) !== undefined)) return undefined
  if (!toCome.has(plainName(name))) return undefined
  const message = `there is no lookup "${name}" yet, which this search writes: it begins empty`
  environment.note({ code: 'spl/empty-lookup', severity: 'warning', message, at })
  return { relation: { op: 'rows', columns: [], rows: [] }, order: [] }
}

function plainName(name: string): string {
  return name.replace(/\.csv$/, '')
}
