import { GeoLookup } from '../../context/geo-fields.ts'
import type { Expr } from '../../plan/expr.ts'
import type { DetectionRule } from '../../plan/rule.ts'
import { compile, type EventTest } from '../../scan/compile.ts'
import { RuleIndex } from '../../scan/rule-index.ts'
import type { Source } from '../../sources/source.ts'
import { hiddenFacts, hiddenWhere } from './approval-facts.ts'
import { asksForPlaces, GeoRules, withoutPlaces } from './geo-rules.ts'
import type { FactsOf } from './hit-facts.ts'
import { MatchFacts } from './match-facts.ts'
import type { Gate, ScanJob } from './scan-job.ts'

/** What the events of one source are asked. */
export interface SourceRules {
  readonly index: RuleIndex
  /** Absent if no rule asks where addresses are, or nobody knows. */
  readonly geo?: GeoRules
  /** Of each rule of the index, by its place there. */
  readonly facts: readonly FactsOf[]
  readonly gates: readonly { readonly number: number; readonly test: EventTest }[]
}

/** What the rules of all sources share. */
export interface Shared {
  /** Takes the ms that each rule of the job costs, when profiling. */
  readonly costs: Float64Array
  /** Where addresses are, if that is known. */
  readonly geo: GeoLookup | undefined
}

/** What is known of addresses; undefined if nobody knows, or no rule asks. */
export function geoOf({ rules, carry, geo = [] }: ScanJob): GeoLookup | undefined {
  const asked = geo.length > 0 && rules.some((rule, number) => asksForPlaces(rule, carry?.[number]))
  return asked ? new GeoLookup(geo) : undefined
}

/** The rules of a job that speak of a source. */
export function sourceRules(source: Source, job: ScanJob, { costs, geo }: Shared): SourceRules {
  const rules = asked(job).filter(({ rule }) => source.answers(rule.logsource))
  const timed = (test: EventTest, at: number): EventTest => withCost(test, rules[at]?.number ?? 0, costs)
  const conditions = rules.map(({ rule, where }) => both(source.about?.(rule.logsource), where))
  const asking = new Map(
    rules.flatMap(({ rule, number, where }, place) =>
      geo !== undefined && asksForPlaces(rule, job.carry?.[number]) ? [[place, where] as const] : [],
    ),
  )
  return {
    ...(geo === undefined || asking.size === 0 ? {} : { geo: new GeoRules(source, geo, asking) }),
    index: new RuleIndex(
      conditions.map((where, place) => ({ where: asking.has(place) ? withoutPlaces(where) : where })),
      job.profile ? timed : undefined,
    ),
    facts: rules.map(({ rule, number, hiding }) =>
      hiding ? hiddenFacts(rule, number) : new MatchFacts(rule, number, job.carry?.[number]),
    ),
    gates: gatesFor(source, job.gates ?? []),
  }
}

interface Asked {
  readonly rule: DetectionRule
  readonly number: number
  readonly where: Expr
  /** Only of events that approvals keep from matching. */
  readonly hiding: boolean
}

function asked({ rules, hiding = [] }: ScanJob): readonly Asked[] {
  return [
    ...rules.map((rule, number) => ({ rule, number, where: rule.where, hiding: false })),
    ...hiding.flatMap((rule, at) => {
      const where = hiddenWhere(rule.where)
      return where === undefined ? [] : [{ rule, number: rules.length + 1 + at, where, hiding: true }]
    }),
  ]
}

function withCost(test: EventTest, rule: number, costs: Float64Array): EventTest {
  return event => {
    const start = performance.now()
    const verdict = test(event)
    costs[rule] = (costs[rule] ?? 0) + performance.now() - start
    return verdict
  }
}

function gatesFor(source: Source, gates: readonly Gate[]): SourceRules['gates'] {
  return gates.flatMap(({ sources: wanted, where }, number) => {
    if (wanted?.includes(source.id) === false) return []
    return [{ number, test: where === undefined ? () => true : compile(where) }]
  })
}

/** What the log source of a rule demands of an event, and what the rule does. */
function both(about: Expr | undefined, where: Expr): Expr {
  return about === undefined ? where : { kind: 'and', of: [about, where] }
}
