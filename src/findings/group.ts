import { ByteSpool } from './byte-spool.ts'
import type { Cluster, Shared } from './cluster.ts'
import { headsOf } from './cluster-head.ts'
import { clusterAt, type Reach } from './clusters.ts'
import { entityOf } from './entity.ts'
import { EvidenceStore, NO_TIME } from './evidence-store.ts'
import { type FindingHead, FindingList } from './finding-list.ts'
import type { Hit, RuleFacts } from './hit.ts'
import { inOrder } from './order.ts'
import { shortened, Texts } from './texts.ts'
import { isTime } from './utc.ts'

/** Bytes that counts and evidence may take before they are packed away. */
const MEMORY = 8 * 1024 * 1024
/** What counting for one finding costs beside the texts, in bytes. */
const OPENED = 800

/**
 * Makes findings of hits that come in any order, each once: the hits of one rule on one entity until more
 * than 24 hours pass without one. Hits without a time make one finding of their own per rule and entity.
 * The result does not depend on the order of the hits. Of each finding only a few words stay in memory; beyond a budget
 * (bytes) the rest goes to disk.
 */
export class FindingGroups {
  private readonly rules: readonly RuleFacts[]
  private readonly shared: Shared = {
    texts: new Texts(),
    evidence: new EvidenceStore(),
    spool: new ByteSpool(),
  }
  private readonly memory: number
  /** Clusters that hold more than their times in memory. */
  private readonly open = new Set<Cluster>()
  /** Number of the rule -> kind of entity -> value -> clusters in order of time. */
  private readonly groups: Map<string, Map<string, Cluster[]>>[]

  constructor(rules: readonly RuleFacts[], memory = MEMORY) {
    this.rules = rules
    this.memory = memory
    this.groups = rules.map(() => new Map())
  }

  /** @param reach of what the hit is a part of, around its time; the hit alone if nothing is said */
  add(hit: Hit, reach?: Reach): void {
    const time = isTime(hit.event.time) ? hit.event.time : NO_TIME
    const cluster = clusterAt(this.clusters(hit), time, this.shared, reach)
    cluster.add(hit, time)
    this.open.add(cluster)
    if (this.held() > this.memory) this.pack()
  }

  /** The findings in order. To be called once, after the last hit; what it gives is to be closed. */
  finish(): FindingList {
    const heads: FindingHead[] = []
    this.rules.forEach((rule, number) => {
      for (const [kind, byValue] of this.groups[number] ?? [])
        for (const [value, clusters] of byValue)
          for (const head of headsOf(rule, { kind, value }, clusters)) heads.push(head)
      this.groups[number] = new Map()
    })
    return new FindingList(inOrder(heads), () => this.shared.spool.close())
  }

  private held(): number {
    const { texts, evidence } = this.shared
    return texts.size + evidence.size + this.open.size * OPENED
  }

  private pack(): void {
    for (const cluster of this.open) cluster.pack()
    this.open.clear()
    this.shared.texts.clear()
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
