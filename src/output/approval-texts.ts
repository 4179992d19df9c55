import type { Finding } from '../findings/finding.ts'

/** What is shown of context beside a finding, and how it is called. */
export const APPROVAL_WORDS: ReadonlyMap<string, string> = new Map([
  ['context.approved', 'approved'],
  ['context.transfer', 'transfer'],
  ['context.approval_expired', 'approval expired'],
  ['context.approval_retroactive', 'approved only afterwards'],
])

/** The approvals that events of a finding fall under, a line each. */
export function approvalTexts({ shown }: Finding): readonly string[] {
  return [...APPROVAL_WORDS].flatMap(([field, words]) =>
    Object.hasOwn(shown, field) ? (shown[field] ?? []).map(text => `${words}: ${text}`) : [],
  )
}
