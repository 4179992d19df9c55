import { type Diagnostic, Problems } from '../../core/diagnostic.ts'
import type { LogSource } from '../../core/log-source.ts'
import type { Refused, SigmaDocument } from './document.ts'
import type { DetectionDraft, Draft } from './draft.ts'
import type { References } from './references.ts'

export type FilterDocument = Extract<SigmaDocument, { readonly kind: 'filter' }>

/**
 * Adds each filter's condition to the detections that it is for, never to correlations. What is odd about a
 * filter is told with the first rule that it changes.
 */
export function applyFilters(
  drafts: readonly Draft[],
  filters: readonly FilterDocument[],
  references: References,
): readonly Draft[] {
  const told = new Set<FilterDocument>()
  return drafts.map(draft => {
    if (draft.kind !== 'detection') return draft
    const added = filters.filter(filter => applies(filter, draft, references))
    if (added.length === 0) return draft
    const fresh = added.filter(filter => !told.has(filter))
    for (const filter of fresh) told.add(filter)
    const { rule } = draft
    const where = { kind: 'and', of: [rule.where, ...added.map(({ filter }) => filter.where)] } as const
    const problems = [...draft.problems, ...fresh.flatMap(filter => problemsFor(filter, draft))]
    return { ...draft, rule: { ...rule, where }, problems }
  })
}

/** The filters that change nothing, each with the reason; nobody wants that. */
export function idleFilters(
  drafts: readonly Draft[],
  filters: readonly FilterDocument[],
  references: References,
): readonly Refused[] {
  return filters
    .filter(filter => !drafts.some(draft => draft.kind === 'detection' && applies(filter, draft, references)))
    .map(filter => {
      const { meta, origin } = filter.filter
      const problems = [...filter.problems, ...reasons(filter, references)]
      return { kind: 'refused', id: meta.id, title: meta.title, origin, problems }
    })
}

function applies({ filter }: FilterDocument, draft: DetectionDraft, references: References): boolean {
  if (!covers(filter.logsource, draft.rule.logsource)) return false
  return filter.rules?.some(({ text }) => references.all(text).includes(draft)) ?? true
}

function covers(filter: LogSource, rule: LogSource): boolean {
  const keys = ['product', 'category', 'service'] as const
  return keys.every(key => filter[key] === undefined || filter[key] === rule[key])
}

/** Places of another file mean nothing beside the rule; there the filter is named instead. */
function problemsFor({ filter, problems }: FilterDocument, draft: DetectionDraft): readonly Diagnostic[] {
  if (filter.origin.file === draft.rule.origin.file) return problems
  return problems.map(({ at: _, ...problem }) => ({
    ...problem,
    message: `the filter "${filter.meta.title}" in ${filter.origin.file}: ${problem.message}`,
  }))
}

function reasons({ filter }: FilterDocument, references: References): readonly Diagnostic[] {
  const problems = new Problems()
  for (const { text, at } of filter.rules ?? []) {
    if (references.all(text).length > 0) {
      problems.error('sigma/filter-target', `"${text}" is no detection of the log source of this filter`, {
        at,
      })
    } else {
      const help = references.meant(text)
      problems.error('sigma/unknown-rule', `there is no rule "${text}"`, { at, help })
    }
  }
  if (filter.rules === undefined) {
    problems.warn('sigma/idle-filter', 'no loaded rule is of the log source that this filter is for')
  }
  return problems.list
}
