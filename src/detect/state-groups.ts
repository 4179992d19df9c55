import type { Hit } from '../core/hit.ts'
import type { Reach } from '../findings/clusters.ts'
import type { FindingList } from '../findings/finding-list.ts'
import { FindingGroups } from '../findings/group.ts'
import type { Rule } from '../plan/rule.ts'
import type { CorrelationRule } from '../plan/state-rule.ts'
import type { Detection, Variant } from '../state/signal.ts'
import type { HuntWatch } from './options.ts'
import { entityText, stateFacts } from './rule-facts.ts'
import type { RulePlan } from './rule-plan.ts'

const VARIANTS: readonly Variant[] = ['complete', 'incomplete', 'raised']

/** The rules that hits count for, and the findings that they are evidence of: id and place of the rule, and the entity. */
interface Use {
  readonly ids: readonly string[]
  readonly findings: readonly FindingUse[]
}

interface FindingUse extends Reach {
  readonly id: string
  readonly rule: number
  readonly entity: string
}

/** Ids of the rules of detections, each once. */
export function idsOf(detections: readonly Detection[]): readonly string[] {
  return [...new Set(detections.map(({ rule }) => rule))]
}

/** Makes findings of the hits that detections are made of. */
export class StateGroups {
  /** Id of a rule that remembers -> events that it had a use for. */
  readonly hits = new Map<string, number>()
  private readonly groups: FindingGroups
  private readonly places: ReadonlyMap<string, number>
  private readonly hidden: ReadonlySet<string>
  private readonly part: HuntWatch['part']
  private readonly uses = new Map<readonly Detection[], Use>()

  constructor(
    { correlations, hidden }: RulePlan,
    detections: readonly Detection[],
    rules: ReadonlyMap<string, Rule>,
    { part }: HuntWatch,
  ) {
    const kinds = correlations.flatMap(rule => VARIANTS.map(variant => ({ rule, variant })))
    this.places = new Map(kinds.map(({ rule, variant }, place) => [`${variant} ${rule.meta.id}`, place]))
    this.groups = new FindingGroups(
      kinds.map(({ rule, variant }) => stateFacts(rule, variant, ofKind(detections, rule, variant), rules)),
    )
    this.hidden = hidden
    this.part = part
  }

  /** @param parts sets of detections that it is a part of; a rule is in one of them only */
  add(hit: Hit, parts: readonly (readonly Detection[])[]): void {
    for (const detections of parts) {
      const { ids, findings } = this.useOf(detections)
      for (const id of ids) this.hits.set(id, (this.hits.get(id) ?? 0) + 1)
      for (const { id, rule, entity, from, to } of findings) {
        this.part?.(id, hit)
        // What a rule over rules is made of may lie before it.
        const time = hit.event.time ?? from
        const reach = { from: Math.min(from, time), to: Math.max(to, time) }
        this.groups.add({ ...hit, rule, entity }, reach)
      }
    }
  }

  /** What a hit counts for; many hits share a set of detections. */
  private useOf(detections: readonly Detection[]): Use {
    const known = this.uses.get(detections)
    if (known !== undefined) return known
    const findings = oncePerFinding(detections).flatMap(detection => {
      const { rule: id, variant, from, to } = detection
      const rule = this.places.get(`${variant} ${id}`)
      const entity = entityText(detection)
      return rule === undefined || this.hidden.has(id) ? [] : [{ id, rule, entity, from, to }]
    })
    const use = { ids: idsOf(detections), findings }
    this.uses.set(detections, use)
    return use
  }

  finish(): FindingList {
    return this.groups.finish()
  }
}

function ofKind(
  detections: readonly Detection[],
  { meta }: CorrelationRule,
  wanted: Variant,
): readonly Detection[] {
  return detections.filter(({ rule, variant }) => rule === meta.id && variant === wanted)
}

/** An event may be part of several detections of one rule and group: it counts once, and reaches as far as all of them. */
function oncePerFinding(detections: readonly Detection[]): readonly Detection[] {
  const once = new Map<string, Detection>()
  for (const detection of detections) {
    const key = `${detection.variant} ${detection.rule} ${detection.group.join('\0')}`
    const other = once.get(key) ?? detection
    const from = Math.min(detection.from, other.from)
    once.set(key, { ...detection, from, to: Math.max(detection.to, other.to) })
  }
  return [...once.values()]
}
