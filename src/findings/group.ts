import type { Cluster, Shared } from './cluster.ts'
import { clusterAt } from './clusters.ts'
import { entityOf } from './entity.ts'
import { EvidenceStore, NO_TIME } from './evidence-store.ts'
import type { Finding } from './finding.ts'
import { findingsOf } from './finding-of.ts'
import type { Hit, RuleFacts } from './hit.ts'
import { inOrder } from './order.ts'
import { shortened, Texts } from './texts.ts'
import { isTime } from './utc.ts'

/**
 * Makes findings of hits that come in any order, each once: the hits of one rule on one entity until more
 * than 24 hours pass without one. Hits without a time make one finding of their own per rule and entity.
 * Memory is bounded per finding, and the result does not depend on the order of the hits.
 */
export class FindingGroups {
  private readonly rules: readonly RuleFacts[]
  private readonly shared: Shared = { texts: new Texts(), evidence: new EvidenceStore() }
  /** Number of the rule -> kind of entity -> value -> clusters in order of time. */
  private readonly groups: Map<string, Map<string, Cluster[]>>[]

  constructor(rules: readonly RuleFacts[]) {
    this.rules = rules
    this.groups = rules.map(() => new Map())
  }

  add(hit: Hit): void {
    const time = isTime(hit.event.time) ? hit.event.time : NO_TIME
    clusterAt(this.clusters(hit), time, this.shared).add(hit, time)
  }

  /** The findings in order. To be called once, after the last hit: what was gathered is given up on the way. */
  finish(): readonly Finding[] {
    const findings: Finding[] = []
    this.rules.forEach((rule, number) => {
      for (const [kind, byValue] of this.groups[number] ?? [])
        for (const [value, clusters] of byValue)
          for (const finding of findingsOf(rule, { kind, value }, clusters, this.shared))
            findings.push(finding)
      this.groups[number] = new Map()
    })
    return inOrder(findings)
  }

  private clusters(hit: Hit): Cluster[] {
    const rule = this.rules[hit.rule]
    const byKind = this.groups[hit.rule]
    if (rule === undefined || byKind === undefined) throw new Error(`bug: a hit of rule ${hit.rule}`)
    const { kind, value } = entityOf(rule, hit)
    let byValue = byKind.get(kind)
    if (byValue === undefined) {
      byValue = new Map()
      byKind.set(kind, byValue)
    }
    const text = shortened(value)
    let clusters = byValue.get(text)
    if (clusters === undefined) {
      clusters = []
      byValue.set(this.shared.texts.keep(text), clusters)
    }
    return clusters
  }
}
