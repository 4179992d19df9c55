import type { Cluster, Shared } from './cluster.ts'
import type { Entity } from './entity.ts'
import { NO_TIME } from './evidence-store.ts'
import { ENTITY_KINDS, type Finding } from './finding.ts'
import type { RuleFacts } from './hit.ts'
import { findingId } from './identity.ts'
import { outcomeOf } from './outcome.ts'
import { utcDay, utcText } from './utc.ts'
import { compare, type Ranking, type ValueCounts } from './value-counts.ts'
import { why } from './why.ts'

/** Values of one kind of entity, and actions and error codes. */
const MOST_VALUES = 50
/** Values of one field. */
const MOST_FIELD_VALUES = 20

/** The findings of one rule on one entity. */
export function findingsOf(
  rule: RuleFacts,
  entity: Entity,
  clusters: readonly Cluster[],
  shared: Shared,
): readonly Finding[] {
  const seen = new Map<string, number>()
  return clusters.map(cluster => {
    const day = cluster.first === NO_TIME ? '' : utcDay(cluster.first)
    const ordinal = seen.get(day) ?? 0
    seen.set(day, ordinal + 1)
    const named = rule.variant === undefined ? rule.id : `${rule.id} ${rule.variant}`
    return findingOf(findingId(named, entity, day, ordinal), rule, entity, { cluster, shared })
  })
}

interface Found {
  readonly cluster: Cluster
  readonly shared: Shared
}

function findingOf(id: string, rule: RuleFacts, entity: Entity, { cluster, shared }: Found): Finding {
  const rankings = rank(cluster)
  const { actions, errors, entities } = rankings
  const rows = cluster.evidenceRows()
  const more = unlisted(rankings)
  const because = rule.because?.(entity.value, cluster.first, cluster.last)
  const [reason] = because ?? []
  return {
    id,
    rule_id: rule.id,
    title: rule.title,
    level: rule.level,
    ...(rule.status === undefined ? {} : { status: rule.status }),
    ...(rule.description === undefined ? {} : { description: rule.description }),
    attack: rule.attack,
    first_time: timeText(cluster.first),
    last_time: timeText(cluster.last),
    count: cluster.count,
    outcome: outcomeOf(cluster.outcomes),
    entity,
    entities: values(entities),
    actions: actions.values,
    errors: Object.fromEntries(errors.values.map((code, index) => [code, errors.counts[index] ?? 0])),
    matched: values(rankings.matched),
    shown: values(rankings.shown),
    ...(Object.keys(more).length === 0 ? {} : { more }),
    why: `${reason === undefined ? '' : `${reason}: `}${why({
      count: cluster.count,
      outcomes: cluster.outcomes,
      actors: entities.get('actor') ?? NONE,
      actions,
      errors,
      resources: entities.get('resource') ?? NONE,
      addresses: entities.get('address') ?? NONE,
    })}`,
    ...(because === undefined ? {} : { because }),
    ...rule.sections,
    falsepositives: rule.falsepositives,
    references: rule.references,
    ...(rule.author === undefined ? {} : { author: rule.author }),
    // Made anew each time that it is asked for: as objects it takes six times the room of its rows.
    get evidence() {
      return rows.map(row => shared.evidence.get(row))
    },
  }
}

type Rankings = ReadonlyMap<string, Ranking>

const NONE: Ranking = { values: [], counts: [], distinct: 0 }

function rank({ entities, actions, errors, matched, shown }: Cluster) {
  return {
    entities: rankAll(
      ENTITY_KINDS.map(kind => [kind, entities[kind]]),
      MOST_VALUES,
    ),
    actions: actions.ranking(MOST_VALUES),
    errors: errors.ranking(MOST_VALUES),
    matched: rankAll([...matched].sort(byName), MOST_FIELD_VALUES),
    shown: rankAll([...shown].sort(byName), MOST_FIELD_VALUES),
  }
}

function rankAll(lists: readonly (readonly [string, ValueCounts | undefined])[], most: number): Rankings {
  const rankings = new Map<string, Ranking>()
  for (const [name, counts] of lists) if (counts !== undefined) rankings.set(name, counts.ranking(most))
  return rankings
}

function byName([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return compare(a, b)
}

function values(rankings: Rankings): { readonly [name: string]: readonly string[] } {
  return Object.fromEntries([...rankings].map(([name, ranking]) => [name, ranking.values]))
}

/** List -> distinct values that it leaves out. */
function unlisted({ entities, actions, errors, matched, shown }: ReturnType<typeof rank>): {
  readonly [list: string]: number
} {
  const lists: readonly (readonly [string, Ranking])[] = [
    ...[...entities].map(([kind, ranking]) => [`entities.${kind}`, ranking] as const),
    ['actions', actions],
    ['errors', errors],
    ...[...matched].map(([field, ranking]) => [`matched.${field}`, ranking] as const),
    ...[...shown].map(([field, ranking]) => [`shown.${field}`, ranking] as const),
  ]
  return Object.fromEntries(
    lists
      .map(([list, { distinct, values }]) => [list, distinct - values.length] as const)
      .filter(([, rest]) => rest > 0),
  )
}

function timeText(time: number): string {
  return time === NO_TIME ? '' : utcText(time)
}
