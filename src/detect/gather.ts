import { type FindingList, merged } from '../findings/finding-list.ts'
import { FindingGroups } from '../findings/group.ts'
import { distinctHits } from './distinct.ts'
import type { KnownFacts } from './knowledge.ts'
import type { HuntOptions } from './options.ts'
import { factsOf } from './rule-facts.ts'
import type { RulePlan } from './rule-plan.ts'
import type { Scanned } from './scan-inputs.ts'
import { stateFindings } from './state-findings.ts'
import { WholeSignals } from './whole-signals.ts'

export interface Gathered {
  readonly findings: FindingList
  /** Distinct events by id of the rule. */
  readonly hits: ReadonlyMap<string, number>
  /** Id of a rule -> what is to be said of how it ran. */
  readonly remarks: ReadonlyMap<string, readonly string[]>
  /** Events could not be read again. */
  readonly lost: boolean
}

/** Findings of the hits of a scan, and of the rules that remember over them. */
export async function gather(
  scanned: Scanned,
  plan: RulePlan,
  options: HuntOptions & {
    readonly facts: KnownFacts
    /** Number of the first rule whose hits are hidden events. */
    readonly firstHiding: number
  },
): Promise<Gathered> {
  const { swept, folder } = scanned
  const { detections: rules, bases, hidden } = plan
  const hits = new Map<string, number>()
  const groups = new FindingGroups(rules.map(factsOf))
  const signals = new WholeSignals(plan.carry, folder)
  try {
    for (const one of distinctHits(swept, options.keepDuplicates)) {
      const { hit } = one
      const id = rules[hit.rule]?.meta.id
      if (id === undefined) {
        // A hidden event, or a hit of a base rule of an analytic.
        const hiding = plan.hiding[hit.rule - options.firstHiding]
        if (hiding !== undefined) options.facts.hidden.add(hiding.meta.id, hit)
        continue
      }
      hits.set(id, (hits.get(id) ?? 0) + 1)
      options.watch.hit?.(id, hit)
      if (hidden.has(id) && !bases.has(id)) continue
      const known = options.facts.on(hit, id)
      if (known === undefined) continue
      if (!hidden.has(id)) groups.add(known)
      if (bases.has(id)) signals.add(known, one)
    }
    const found = groups.finish()
    const remembered = await stateFindings(scanned, plan, { ...options, signals })
    const { remarks, lost } = remembered
    for (const [id, count] of remembered.hits) hits.set(id, count)
    return { findings: merged(found, remembered.findings), hits, remarks, lost }
  } finally {
    signals.close()
  }
}
