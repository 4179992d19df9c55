import type { Finding } from '../findings/finding.ts'

/** What is shown of context beside a finding, and how it is called. */
const WORDS: ReadonlyMap<string, string> = new Map([
  ['context.approved', 'approved'],
  ['context.transfer', 'transfer'],
  ['context.approval_expired', 'approval expired'],
  ['context.approval_retroactive', 'approved only afterwards'],
])

/** Does a field that is shown say which approvals there are? */
export function tellsOfApprovals(field: string): boolean {
  return WORDS.has(field)
}

/** What a finding says of one kind of approval. */
export interface ShownApprovals {
  readonly field: string
  readonly words: string
  readonly values: readonly string[]
}

/** The approvals that events of a finding fall under, or would have if these had held. */
export function shownApprovals({ shown }: Finding): readonly ShownApprovals[] {
  return [...WORDS].flatMap(([field, words]) => {
    const values = Object.hasOwn(shown, field) ? (shown[field] ?? []) : []
    return values.length === 0 ? [] : [{ field, words, values }]
  })
}

/** The same, a line each. */
export function approvalTexts(finding: Finding): readonly string[] {
  return shownApprovals(finding).flatMap(({ words, values }) => values.map(text => `${words}: ${text}`))
}
