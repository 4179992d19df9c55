import type { Level } from '../core/level.ts'
import type { Cluster } from './cluster.ts'
import type { Entity } from './entity.ts'
import { NO_TIME } from './evidence-store.ts'
import type { Finding } from './finding.ts'
import type { FindingHead } from './finding-list.ts'
import { type Found, findingOf } from './finding-of.ts'
import type { RuleFacts } from './hit.ts'
import { findingId } from './identity.ts'
import { utcDay, utcText } from './utc.ts'

/** The findings of one rule on one entity, of clusters in order of time, which no more hits may be added to. */
export function headsOf(
  rule: RuleFacts,
  entity: Entity,
  clusters: readonly Cluster[],
): readonly FindingHead[] {
  const seen = new Map<string, number>()
  return clusters.map(cluster => {
    const day = dayOf(cluster)
    const ordinal = seen.get(day) ?? 0
    seen.set(day, ordinal + 1)
    return new ClusterHead({ rule, entity, cluster, ordinal })
  })
}

class ClusterHead implements FindingHead {
  /** Lists are sorted by it: as text, for that is what findings of other origin have. */
  readonly first_time: string
  private readonly found: Found

  constructor(found: Found) {
    this.first_time = timeText(found.cluster.first)
    this.found = found
  }

  get id(): string {
    const { rule, entity, cluster, ordinal } = this.found
    const named = rule.variant === undefined ? rule.id : `${rule.id} ${rule.variant}`
    return findingId(named, entity, dayOf(cluster), ordinal)
  }

  get rule_id(): string {
    return this.found.rule.id
  }

  get title(): string {
    return this.found.rule.title
  }

  get level(): Level {
    return this.found.rule.level
  }

  get attack(): readonly string[] {
    return this.found.rule.attack
  }

  get last_time(): string {
    return timeText(this.found.cluster.last)
  }

  get count(): number {
    return this.found.cluster.count
  }

  get entity(): Entity {
    return this.found.entity
  }

  whole(): Finding {
    return findingOf(this, this.found)
  }
}

/** The UTC day of the first hit; empty if none has a time. */
function dayOf({ first }: Cluster): string {
  return first === NO_TIME ? '' : utcDay(first)
}

function timeText(time: number): string {
  return time === NO_TIME ? '' : utcText(time)
}
