import { asksForPlaces } from '../engines/files/geo-rules.ts'
import type { DetectionRule, Rule } from '../plan/rule.ts'
import type { CorrelationRule } from '../plan/state-rule.ts'
import { type Selection, selects } from '../rules/select.ts'
import { withoutApprovals } from '../scan/approvals.ts'
import { fieldsNeeded } from '../state/needs.ts'
import { belowFirst } from '../state/state-run.ts'

/** Which rules run, and whose hits are findings. */
export interface RulePlan {
  readonly detections: readonly DetectionRule[]
  /** Those that others are over come first. */
  readonly correlations: readonly CorrelationRule[]
  /** For each detection the fields that rules over it want. */
  readonly carry: readonly (readonly string[])[]
  /** Ids of rules that correlations are over: their hits are signals. */
  readonly bases: ReadonlySet<string>
  /** Ids of rules that only serve others. */
  readonly hidden: ReadonlySet<string>
  /** Those that approvals may keep from matching. */
  readonly hiding: readonly DetectionRule[]
  /** For each detection whether nobody wants its hits but rules over it. */
  readonly bare: readonly boolean[]
}

/** What switched a source off is no signal of its silence: it stays a finding. */
function signalsOf(rule: CorrelationRule): readonly string[] {
  return rule.type === 'absence' ? rule.speaking : rule.rules
}

/** The rules that are chosen, and those that they are over even where these are not. */
export function rulePlan(
  rules: readonly Rule[],
  selection: Selection,
  /** Whether every hit is wanted whole. */
  whole = true,
): RulePlan {
  const byId = new Map(rules.map(rule => [rule.meta.id, rule]))
  const chosen = rules.filter(rule => selects(selection, rule.meta))
  const needed = new Set<Rule>()
  const need = (rule: Rule): void => {
    if (needed.has(rule)) return
    needed.add(rule)
    if (rule.kind === 'correlation') for (const id of rule.rules) needById(id)
  }
  const needById = (id: string): void => {
    const rule = byId.get(id)
    if (rule !== undefined) need(rule)
  }
  chosen.forEach(need)
  const running = rules.filter(rule => needed.has(rule))
  const detections = running.filter(rule => rule.kind === 'detection')
  const correlations = belowFirst(running.filter(rule => rule.kind === 'correlation'))
  const fields = fieldsNeeded(correlations)
  const serving = running.filter(rule => !chosen.includes(rule)).map(({ meta }) => meta.id)
  const bases = new Set(fields.keys())
  const hidden = new Set([
    ...serving,
    ...correlations.flatMap(rule => (rule.generate ? [] : signalsOf(rule))),
  ])
  return {
    detections,
    correlations,
    carry: detections.map(({ meta }) => fields.get(meta.id) ?? []),
    bases,
    hidden,
    hiding: detections.filter(({ where }) => withoutApprovals(where) !== undefined),
    bare: detections.map(rule => {
      const { id } = rule.meta
      // What a bare hit is made of again has no places.
      return !whole && bases.has(id) && hidden.has(id) && !asksForPlaces(rule, fields.get(id))
    }),
  }
}
