import type { Finding } from '../../findings/finding.ts'
import type { RuleEntry } from '../../findings/ledger.ts'
import { problemLines } from '../../rules/problem-lines.ts'
import type { SearchHunt, SearchPlan } from './plan.ts'
import type { PreparedSearch } from './prepare.ts'
import type { OpenWork, SearchEnd } from './run-open.ts'

/** What came of the searches of a hunt. */
export interface Searched {
  readonly findings: readonly Finding[]
  readonly entries: readonly RuleEntry[]
  /** A search did not come to its end. */
  readonly lost: boolean
}

export interface SearchWork extends Omit<OpenWork, 'hunt'> {
  readonly plan: SearchPlan
  readonly hunt: SearchHunt | undefined
}

/** Runs the searches for which the scan let events through, and says what became of each. */
export async function runSearches(work: SearchWork): Promise<Searched> {
  const { plan, hunt, scanned, options } = work
  const open = plan.running.filter((_, gate) => scanned.swept.passed.has(gate))
  const ends =
    hunt === undefined || open.length === 0 || Atomics.load(options.stop, 0) !== 0
      ? NONE
      : await (await import('./run-open.ts')).runOpen(open, { ...work, hunt })
  const running = plan.running.map(search => entryOf(search, work, ends.get(search)))
  const excluded = plan.excluded.map(search => ({ ...plainEntry(search), end: 'excluded' as const }))
  return {
    findings: [...ends.values()].flatMap(({ findings }) => findings),
    entries: [...running, ...excluded],
    lost: [...ends.values()].some(({ failed }) => failed),
  }
}

const NONE: ReadonlyMap<PreparedSearch, SearchEnd> = new Map()

function plainEntry({ rule, problems }: PreparedSearch): Omit<RuleEntry, 'end'> {
  const { id, title, level } = rule.meta
  const { file } = rule.origin
  return { id, title, file, level, hits: 0, missing: [], problems: problemLines(problems, file) }
}

function entryOf(
  search: PreparedSearch,
  { scanned: { swept } }: SearchWork,
  end: SearchEnd | undefined,
): RuleEntry {
  const entry = plainEntry(search)
  const { sources } = search.rule
  const blind = sources !== undefined && !sources.some(id => swept.sources.has(id))
  if (end === undefined) return { ...entry, end: blind ? 'no-such-logs' : 'ran' }
  const { hits, suppressed, unknown, notes, remarks, failed } = end
  const problems = [...entry.problems, ...problemLines(notes, entry.file)]
  return {
    ...entry,
    end: failed ? 'refused' : 'ran',
    hits,
    ...(suppressed === 0 ? {} : { suppressed }),
    missing: unknown,
    problems,
    ...(remarks.length === 0 ? {} : { notes: remarks }),
  }
}
