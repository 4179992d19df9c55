import { compare } from '../core/order.ts'
import type { Cluster } from './cluster.ts'
import type { PackedContents } from './contents.ts'
import type { Entity } from './entity.ts'
import { ENTITY_KINDS, type Finding } from './finding.ts'
import type { FindingHead } from './finding-list.ts'
import type { RuleFacts } from './hit.ts'
import { outcomeOf } from './outcome.ts'
import { type PackedCounts, type Ranking, ranking } from './value-counts.ts'
import { why } from './why.ts'

/** Values of one kind of entity, and actions and error codes. */
const MOST_VALUES = 50
/** Values of one field. */
const MOST_FIELD_VALUES = 20

/** What a finding is made of. */
export interface Found {
  readonly rule: RuleFacts
  readonly entity: Entity
  readonly cluster: Cluster
  readonly ordinal: number
}

/** The whole finding. Its evidence is read when it is asked for. */
export function findingOf(head: FindingHead, { rule, entity, cluster }: Found): Finding {
  const contents = cluster.contents()
  const rankings = rank(contents)
  const { actions, errors, entities } = rankings
  const more = unlisted(rankings)
  const because = rule.because?.(entity.value, cluster.first, cluster.last)
  const [reason] = because ?? []
  return {
    id: head.id,
    rule_id: rule.id,
    title: rule.title,
    level: rule.level,
    ...(rule.status === undefined ? {} : { status: rule.status }),
    ...(rule.description === undefined ? {} : { description: rule.description }),
    attack: rule.attack,
    first_time: head.first_time,
    last_time: head.last_time,
    count: cluster.count,
    outcome: outcomeOf(contents.outcomes),
    entity,
    entities: values(entities),
    actions: actions.values,
    errors: Object.fromEntries(errors.values.map((code, index) => [code, errors.counts[index] ?? 0])),
    matched: values(rankings.matched),
    shown: values(rankings.shown),
    ...(Object.keys(more).length === 0 ? {} : { more }),
    why: `${reason === undefined ? '' : `${reason}: `}${why({
      count: cluster.count,
      outcomes: contents.outcomes,
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
      return cluster.earliest()
    },
  }
}

type Rankings = ReadonlyMap<string, Ranking>

const NONE: Ranking = { values: [], counts: [], distinct: 0 }

function rank({ entities, actions, errors, matched, shown }: PackedContents) {
  return {
    entities: rankAll(
      ENTITY_KINDS.map(kind => [kind, entities[kind]]),
      MOST_VALUES,
    ),
    actions: ranking(actions, MOST_VALUES),
    errors: ranking(errors, MOST_VALUES),
    matched: rankAll([...matched].sort(byName), MOST_FIELD_VALUES),
    shown: rankAll([...shown].sort(byName), MOST_FIELD_VALUES),
  }
}

function rankAll(lists: readonly (readonly [string, PackedCounts | undefined])[], most: number): Rankings {
  const rankings = new Map<string, Ranking>()
  for (const [name, counts] of lists) if (counts !== undefined) rankings.set(name, ranking(counts, most))
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
