import type { Sweep, SweptFile } from '../engines/files/sweep.ts'
import type { FileEntry, Ledger, LedgerTotals, RuleEnd, RuleEntry } from '../findings/ledger.ts'
import { type DetectionRule, fieldsOf } from '../plan/rule.ts'
import type { CorrelationRule } from '../plan/state-rule.ts'
import { problemLines } from '../rules/problem-lines.ts'
import { canMatch } from '../scan/ability.ts'
import type { ChosenFiles } from './inputs.ts'
import { isObservable } from './observable.ts'
import type { HuntOptions } from './options.ts'

/** What a scan leaves behind, to be put in order. */
export interface HuntRemains {
  readonly options: Pick<HuntOptions, 'rules' | 'strict'>
  readonly input: ChosenFiles
  readonly swept: Pick<Sweep, 'files' | 'distinct' | 'conflicting' | 'seen' | 'sources'> &
    Partial<Pick<Sweep, 'known'>>
  readonly running: readonly DetectionRule[]
  /** Rules that remember, where those ran; those that others are over come first. */
  readonly correlations?: readonly CorrelationRule[]
  /** Distinct events by id of the rule. */
  readonly hits: ReadonlyMap<string, number>
  /** Distinct events by id of the rule that only approvals kept from matching. */
  readonly suppressed?: ReadonlyMap<string, number>
  /** Id of a rule -> what is to be said of how it ran. */
  readonly remarks?: ReadonlyMap<string, readonly string[]>
  /** What became of analytics. */
  readonly analytics?: readonly RuleEntry[]
  readonly interrupted: boolean
}

/** Gives every file, record and rule its place. */
export function ledgerOf(remains: HuntRemains): Ledger {
  const files = fileEntries(remains)
  const rules = [...ruleEntries(remains), ...(remains.analytics ?? [])]
  return { files, rules, totals: totalsOf(remains, files, rules) }
}

function fileEntries({ input, swept }: HuntRemains): readonly FileEntry[] {
  const reached = new Map(swept.files.map(file => [file.number, file]))
  const listed = input.files.map((file, number) => {
    const entry = reached.get(number)
    return entry === undefined
      ? unread(file.name, file.bytes, 'the hunt was interrupted before it')
      : fileEntry(entry)
  })
  const lost = input.problems.map(({ file, code, message }): FileEntry => {
    return { ...unread(file, 0, message), end: 'failed', problems: [{ code, message, lost: true }] }
  })
  const skipped = input.skipped.map(({ file, why }) => unread(file, 0, why))
  return [...listed, ...lost, ...skipped].sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0))
}

function fileEntry(swept: SweptFile): FileEntry {
  const { file, end, bytes, unpacked, records, events, duplicates, outside, failed, apart } = swept
  const { problems, problems_total } = swept
  return {
    file,
    end,
    bytes,
    unpacked,
    records,
    events: events - outside,
    duplicates,
    outside,
    failed,
    apart,
    problems,
    problems_total,
  }
}

function unread(file: string, bytes: number, why: string): FileEntry {
  return {
    file,
    end: 'skipped',
    bytes,
    unpacked: 0,
    records: 0,
    events: 0,
    duplicates: 0,
    outside: 0,
    failed: 0,
    apart: {},
    problems: [{ code: 'input/skipped', message: why, lost: false }],
    problems_total: 1,
  }
}

function ruleEntries(remains: HuntRemains): readonly RuleEntry[] {
  const { options, running, correlations = [] } = remains
  const ends = new Map(running.map(rule => [rule.meta.id, ending(rule, remains)]))
  for (const rule of correlations) ends.set(rule.meta.id, correlationEnding(rule, ends, remains))
  const loaded = options.rules.rules.map(({ rule, problems }): RuleEntry => {
    const { id, title, level } = rule.meta
    const { file } = rule.origin
    const suppressed = remains.suppressed?.get(id)
    const entry = {
      ...{ id, title, file, level, hits: 0, missing: [], problems: problemLines(problems, file) },
      ...(suppressed === undefined ? {} : { suppressed }),
    }
    const end = ends.get(id)
    const remarks = remains.remarks?.get(id) ?? []
    if (end !== undefined) return { ...entry, ...end, problems: [...entry.problems, ...remarks] }
    return {
      ...entry,
      end: rule.kind === 'correlation' && remains.correlations === undefined ? 'not-run' : 'excluded',
    }
  })
  const refused = options.rules.refused.map(({ id, title, file, problems }): RuleEntry => {
    return {
      id: id || file,
      title,
      file,
      end: 'refused',
      hits: 0,
      missing: [],
      problems: problemLines(problems, file),
    }
  })
  return [...loaded, ...refused]
}

type Ending = Pick<RuleEntry, 'end' | 'hits' | 'missing'>

/** A rule without hits may have had no chance: no such logs, or a field that it needs in none of them. */
function ending(rule: DetectionRule, { swept, hits }: HuntRemains): Ending {
  const count = hits.get(rule.meta.id) ?? 0
  if (count > 0) return { end: 'ran', hits: count, missing: [] }
  if (!isObservable(rule.logsource, swept)) return { end: 'no-such-logs', hits: 0, missing: [] }
  if (canMatch(rule.where, field => swept.seen.has(field))) return { end: 'ran', hits: 0, missing: [] }
  const missing = fieldsOf(rule.where)
    .map(field => field.name)
    .filter(name => !swept.seen.has(name))
  return { end: 'never-able', hits: 0, missing }
}

/** A rule over rules none of which had a chance had none either. */
function correlationEnding(
  rule: CorrelationRule,
  ends: ReadonlyMap<string, Ending>,
  { hits }: HuntRemains,
): Ending {
  const bases = rule.rules.flatMap(id => ends.get(id) ?? [])
  const count = hits.get(rule.meta.id) ?? 0
  if (count > 0 || bases.some(({ end }) => end === 'ran')) return { end: 'ran', hits: count, missing: [] }
  if (bases.some(({ end }) => end === 'never-able'))
    return { end: 'never-able', hits: 0, missing: [...new Set(bases.flatMap(({ missing }) => missing))] }
  return { end: bases.length === 0 ? 'ran' : 'no-such-logs', hits: 0, missing: [] }
}

function totalsOf(
  remains: HuntRemains,
  files: readonly FileEntry[],
  rules: readonly RuleEntry[],
): LedgerTotals {
  const { swept, options, interrupted } = remains
  const sum = (of: (file: FileEntry) => number): number => files.reduce((total, file) => total + of(file), 0)
  const withoutId = swept.files.reduce((total, file) => total + file.withoutId, 0)
  // Of times that are the same, written in several ways, that of the first file stands.
  const [first] = swept.files.flatMap(file => file.first ?? []).sort((a, b) => a.time - b.time)
  const [last] = swept.files.flatMap(file => file.last ?? []).sort((a, b) => b.time - a.time)
  const filesLost = files.filter(
    file => file.problems.some(problem => problem.lost) || file.failed > 0,
  ).length
  const refusedLost = options.strict && options.rules.refused.length > 0
  return {
    files: files.length,
    files_lost: filesLost,
    bytes: sum(file => file.bytes),
    unpacked: sum(file => file.unpacked),
    records: sum(file => file.records),
    events: sum(file => file.events),
    distinct: swept.distinct + withoutId,
    duplicates: sum(file => file.duplicates),
    conflicting: swept.conflicting,
    without_id: withoutId,
    without_time: swept.files.reduce((total, file) => total + file.withoutTime, 0),
    outside: sum(file => file.outside),
    failed: sum(file => file.failed),
    apart: apartOf(files),
    ...(first === undefined ? {} : { first_time: first.text }),
    ...(last === undefined ? {} : { last_time: last.text }),
    rules: endsOf(rules),
    lost: filesLost > 0 || refusedLost || options.rules.problems.length > 0,
    ...(interrupted ? { interrupted } : {}),
  }
}

function apartOf(files: readonly FileEntry[]): { readonly [what: string]: number } {
  const counts = new Map<string, number>()
  for (const file of files)
    for (const [what, count] of Object.entries(file.apart)) counts.set(what, (counts.get(what) ?? 0) + count)
  return Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)))
}

function endsOf(rules: readonly RuleEntry[]): { readonly [end in RuleEnd]?: number } {
  const counts: { [end in RuleEnd]?: number } = {}
  for (const { end } of rules) counts[end] = (counts[end] ?? 0) + 1
  return counts
}
