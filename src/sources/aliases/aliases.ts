import type { Aliases } from './alias.ts'
import { cloudtrailAliases } from './cloudtrail.ts'

const bySource: ReadonlyMap<string, Aliases> = new Map([['cloudtrail', cloudtrailAliases]])

/** The aliases of a source by its id. */
export function aliasesOf(source: string): Aliases {
  return bySource.get(source) ?? {}
}
