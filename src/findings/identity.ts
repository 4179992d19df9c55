import { createHash } from 'node:crypto'
import type { Entity } from './entity.ts'

/**
 * 16 hex digits made of rule, entity, the UTC day of the first hit (empty without a time) and the finding's
 * ordinal among those of the same rule and entity that begin on that day. Hits of later days may lengthen a
 * finding but not move its beginning, so its id stays. (Findings of one entity are more than a day apart, so
 * the ordinal is 0 as long as that rule stands.)
 */
export function findingId(ruleId: string, entity: Entity, day: string, ordinal: number): string {
  const parts = JSON.stringify([ruleId, entity.kind, entity.value, day, ordinal])
  return createHash('sha256').update(parts).digest('hex').slice(0, 16)
}
