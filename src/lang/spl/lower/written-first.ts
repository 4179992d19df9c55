import type { Environment, LookupTable } from '../../../plan/lowering.ts'
import type { Search } from '../syntax/tree.ts'
import { objectsIn } from '../walk.ts'

/** A table that the search itself writes may be read before it was ever written: it has no rows yet, which is told. */
export function withTablesToCome(environment: Environment, search: Search): Environment {
  const written = new Set<string>()
  for (const { kind, table } of objectsIn(search)) {
    if (kind === 'outputlookup') written.add(plainName((table as { readonly name: string }).name))
  }
  if (written.size === 0) return environment
  const told = new Set<string>()
  return {
    ...environment,
    lookup: name => {
      const found = environment.lookup(name)
      if (found !== undefined || !written.has(plainName(name))) return found
      if (environment.lookup(plainName(name)) !== undefined) return undefined
      if (!told.has(name)) {
        const message = `there is no lookup "${name}" yet, which this search writes: it begins empty`
        environment.note({ code: 'spl/empty-lookup', severity: 'warning', message })
      }
      told.add(name)
      return emptyTable(name)
    },
  }
}

function plainName(name: string): string {
  return name.replace(/\.csv$/, '')
}

function emptyTable(name: string): LookupTable {
  const relation = { op: 'rows', columns: [], rows: [] } as const
  return { name, columns: [], relation, match: {}, caseSensitive: true, maxMatches: 1, minMatches: 0 }
}
