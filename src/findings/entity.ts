import type { Hit, RuleFacts } from './hit.ts'

/** What the hits of a rule are grouped by. */
export interface Entity {
  /** `actor`, `address`, `resource`, `unknown`, or the name of the rule's own field. */
  readonly kind: string
  readonly value: string
}

const UNKNOWN: Entity = { kind: 'unknown', value: 'unknown' }

/** The value of the rule's own field, else the actor, else the address, else the first resource. Empty texts do not count. */
export function entityOf(rule: RuleFacts, { entity, event }: Hit): Entity {
  if (rule.entity !== undefined && entity) return { kind: rule.entity, value: entity }
  if (event.actor.principal) return { kind: 'actor', value: event.actor.principal }
  if (event.address) return { kind: 'address', value: event.address }
  const [resource] = event.resources
  return resource ? { kind: 'resource', value: resource } : UNKNOWN
}
