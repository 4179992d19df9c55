import type { Expr } from '../../plan/expr.ts'
import { compile, type EventTest } from '../../scan/compile.ts'
import { RuleIndex } from '../../scan/rule-index.ts'
import type { Source } from '../../sources/source.ts'
import { MatchFacts } from './match-facts.ts'
import type { Gate, ScanJob } from './scan-job.ts'

/** What the events of one source are asked. */
export interface SourceRules {
  readonly index: RuleIndex
  /** Of each rule of the index, by its place there. */
  readonly facts: readonly MatchFacts[]
  readonly gates: readonly { readonly number: number; readonly test: EventTest }[]
  /** Events of the source so far. */
  events: number
}

/**
 * The rules of a job that speak of a source.
 * @param costs takes the ms that each rule of the job costs, when profiling
 */
export function sourceRules(source: Source, job: ScanJob, costs: Float64Array): SourceRules {
  const rules = job.rules
    .map((rule, number) => ({ rule, number }))
    .filter(({ rule }) => source.answers(rule.logsource))
  const timed = (test: EventTest, at: number): EventTest => withCost(test, rules[at]?.number ?? 0, costs)
  return {
    index: new RuleIndex(
      rules.map(({ rule }) => ({ where: both(source.about?.(rule.logsource), rule.where) })),
      job.profile ? timed : undefined,
    ),
    facts: rules.map(({ rule, number }) => new MatchFacts(rule, number, job.carry?.[number])),
    gates: gatesFor(source, job.gates ?? []),
    events: 0,
  }
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
