import { type Diagnostic, Problems } from '../../core/diagnostic.ts'
import type { RuleMeta, RuleOrigin } from '../../plan/rule.ts'
import type { Refused, SigmaDocument } from './document.ts'

/** A document that becomes an entry of the loaded rules. */
export type Draft = Exclude<SigmaDocument, { readonly kind: 'filter' }>
export type DetectionDraft = Extract<Draft, { readonly kind: 'detection' }>
export type CorrelationDocument = Extract<Draft, { readonly kind: 'correlation' }>

export function metaOf(draft: Exclude<Draft, Refused>): RuleMeta {
  return draft.kind === 'detection' ? draft.rule.meta : draft.draft.meta
}

export function originOf(draft: Draft): RuleOrigin {
  if (draft.kind === 'detection') return draft.rule.origin
  return draft.kind === 'correlation' ? draft.draft.origin : draft.origin
}

export function titleOf(draft: Draft): string {
  return draft.kind === 'refused' ? draft.title : metaOf(draft).title
}

/** The second rule of an id becomes `<id>#2`, the third `<id>#3`, with a warning. */
export function withUniqueIds(drafts: readonly Draft[]): readonly Draft[] {
  const taken = new Set(drafts.flatMap(draft => (draft.kind === 'refused' ? [] : [metaOf(draft).id])))
  const seen = new Map<string, number>()
  return drafts.map(draft => {
    if (draft.kind === 'refused') return draft
    const { id } = metaOf(draft)
    let ordinal = (seen.get(id) ?? 0) + 1
    while (ordinal > 1 && taken.has(`${id}#${ordinal}`)) ordinal++
    seen.set(id, ordinal)
    return ordinal === 1 ? draft : renamed(draft, id, `${id}#${ordinal}`)
  })
}

function renamed(draft: Exclude<Draft, Refused>, from: string, id: string): Draft {
  const problems = new Problems()
  problems.warn('sigma/duplicate-id', `the id "${from}" is that of an earlier rule; this one is "${id}"`, {
    help: 'give each rule an id of its own',
  })
  const told: readonly Diagnostic[] = [...draft.problems, ...problems.list]
  return draft.kind === 'detection'
    ? { ...draft, rule: { ...draft.rule, meta: { ...draft.rule.meta, id } }, problems: told }
    : { ...draft, draft: { ...draft.draft, meta: { ...draft.draft.meta, id } }, problems: told }
}
