import type { Relation } from './relation.ts'

/** Are a relation's rows made of groups of rows? They are few then, however many there were. */
export function isSummary(relation: Relation): boolean {
  if (relation.op === 'group') return true
  if (relation.op === 'join') return isSummary(relation.left) && isSummary(relation.right)
  if (relation.op === 'union') return relation.of.every(isSummary)
  return 'from' in relation && isSummary(relation.from)
}
