import type { Diagnostic } from '../../core/diagnostic.ts'
import type { Environment, LookupTable, Search } from '../../plan/lowering.ts'
import type { LoadedRules, LoadedSearch, RefusedRule } from '../../rules/load.ts'
import type { SearchRule } from '../../rules/search-rule.ts'
import type { SearchSettings } from '../query/language-search.ts'
import { languages } from '../query/languages.ts'
import { planProblems } from './check-search.ts'

/** A rule whose search was read. */
export interface PreparedSearch {
  readonly rule: SearchRule
  readonly search: Search
  /** What was said of the rule and of its search. */
  readonly problems: readonly Diagnostic[]
  readonly source: LoadedSearch['source']
}

/** What the searches of a hunt are told besides the events. */
export interface SearchAround {
  readonly settings: SearchSettings
  readonly lookups: ReadonlyMap<string, LookupTable>
  readonly geo?: Environment['geo']
}

/** The rules, without those whose search cannot run, and the searches of the others. */
export async function prepareSearches(
  rules: LoadedRules,
  around: SearchAround,
): Promise<{ readonly rules: LoadedRules; readonly prepared: readonly PreparedSearch[] }> {
  const read = await Promise.all(
    (rules.searches ?? []).map(async loaded => ({ loaded, ...(await prepared(loaded, around)) })),
  )
  const sound = read.flatMap(({ loaded, search, problems }) =>
    search === undefined ? [] : [{ rule: loaded.rule, source: loaded.source, search, problems }],
  )
  const refused = read.flatMap(({ loaded, search, problems }) =>
    search === undefined ? [refusedRule(loaded, problems)] : [],
  )
  const searches = read.flatMap(({ loaded, search, problems }) =>
    search === undefined ? [] : [{ ...loaded, problems }],
  )
  return { rules: { ...rules, searches, refused: [...rules.refused, ...refused] }, prepared: sound }
}

async function prepared(
  { rule, problems }: LoadedSearch,
  around: SearchAround,
): Promise<{ readonly search?: Search; readonly problems: readonly Diagnostic[] }> {
  const reader = await languages[rule.language].reader()
  const read = reader(rule.text, around.settings)
  const planned = read.ok ? planProblems(read.value, around) : []
  const said = [...read.problems, ...planned].map(problem =>
    problem.at === undefined ? problem : { ...problem, at: rule.placed(problem.at) },
  )
  const all = [...problems, ...said]
  if (!read.ok || planned.some(({ severity }) => severity === 'error')) return { problems: all }
  return { search: read.value, problems: all }
}

function refusedRule({ rule, source }: LoadedSearch, problems: readonly Diagnostic[]): RefusedRule {
  const { meta, origin } = rule
  return { id: meta.id, title: meta.title, file: origin.file, problems, source }
}
