import { techniquesOf } from '../attack/techniques.ts'
import type { Level } from '../core/level.ts'
import { ByteSpool } from '../findings/byte-spool.ts'
import { Cluster, type Shared } from '../findings/cluster.ts'
import { headsOf } from '../findings/cluster-head.ts'
import { EvidenceStore } from '../findings/evidence-store.ts'
import type { Finding } from '../findings/finding.ts'
import type { FindingSections } from '../findings/sections.ts'
import { shortened, Texts } from '../findings/texts.ts'
import type { RuleMeta } from '../plan/rule.ts'
import type { AnalyticEvent } from './analytic.ts'

/** Events of which a finding may be made. Counts and values of all are kept, pointers to the earliest 10,000. */
export type Case = Cluster

/** What an analytic says of a case, beside what the events say by themselves. */
export interface Told {
  /** What the finding is about; with the day of the first event it makes the finding's id. */
  readonly entity: { readonly kind: string; readonly value: string }
  readonly level: Level
  /** The title of the analytic, if it is not said. */
  readonly title?: string
  /** Tells findings of one entity and one day apart. */
  readonly variant?: string
  /** Why, line by line; the first stands before the line that every finding has. */
  readonly because: readonly string[]
  readonly sections: FindingSections
}

/** Opens cases, and makes findings of them. */
export class Cases {
  private readonly meta: RuleMeta
  private readonly shared: Shared = {
    texts: new Texts(),
    evidence: new EvidenceStore(),
    spool: new ByteSpool(),
  }

  constructor(meta: RuleMeta) {
    this.meta = meta
  }

  open(time: number): Case {
    return new Cluster(time, this.shared)
  }

  add(one: Case, { hit, time }: AnalyticEvent): void {
    one.add(hit, time)
  }

  /** No finding will be made of it; it must not be used again. */
  drop(one: Case): void {
    one.release()
  }

  /** The case must not be used again. */
  finding(one: Case, { entity, level, title, variant, because, sections }: Told): Finding {
    const { meta } = this
    const facts = {
      id: meta.id,
      title: title ?? meta.title,
      level,
      attack: techniquesOf(meta.tags),
      falsepositives: meta.falsepositives,
      references: meta.references,
      because: () => because,
      sections,
      ...(meta.description === undefined ? {} : { description: meta.description }),
      ...(variant === undefined ? {} : { variant }),
    }
    const [head] = headsOf(facts, { kind: entity.kind, value: shortened(entity.value) }, [one])
    if (head === undefined) throw new Error('bug: a case without a finding')
    return head.whole()
  }
}
