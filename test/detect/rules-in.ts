import type { HuntOptions } from '../../src/detect/options.ts'
import { contextLookups } from '../../src/detect/query/context-lookups.ts'
import { prepareSearches } from '../../src/detect/searches/prepare.ts'
import type { ContextTable } from '../../src/plan/context-table.ts'
import { loadRules } from '../../src/rules/load.ts'
import { temporaryFolder, written } from '../temporary-folder.ts'
import { rulesOf } from './scans.ts'

/** Does the text of a rule hold a search? */
export function isSearch(text: string): boolean {
  return /^search:/m.test(text)
}

/** A rule of Sigma or one that holds a search, and the tables of context that it may ask. */
export async function rulesIn(
  text: string,
  tables: readonly ContextTable[],
): Promise<Pick<HuntOptions, 'rules' | 'searches'>> {
  if (!isSearch(text)) return { rules: rulesOf([text], tables) }
  const around = {
    settings: { macros: new Map(), strict: false },
    lookups: new Map(contextLookups(tables).map(table => [table.name, table])),
  }
  const loaded = loadRules([written(temporaryFolder(), 'rule.yml', text)])
  const { rules, prepared } = await prepareSearches(loaded, around)
  return { rules, searches: { ...around, prepared, memory: 512 } }
}
