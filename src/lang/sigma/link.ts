import { Problems } from '../../core/diagnostic.ts'
import { applyFilters, idleFilters } from './apply-filters.ts'
import type { LinkedRule, Reference, SigmaDocument } from './document.ts'
import { type CorrelationDocument, type Draft, metaOf, titleOf, withUniqueIds } from './draft.ts'
import { type References, referencesOf } from './references.ts'

/**
 * Makes rules of documents, in their order: ids unique, filters added to the rules that they are for, references
 * of correlations resolved. A refused document comes back as it was, a correlation over what cannot run is
 * refused, and so is a filter that is for none of the rules.
 */
export function linkSigma(documents: readonly SigmaDocument[]): readonly LinkedRule[] {
  const filters = documents.flatMap(document => (document.kind === 'filter' ? [document] : []))
  const drafts = withUniqueIds(documents.flatMap(document => (document.kind === 'filter' ? [] : [document])))
  const references = referencesOf(drafts)
  const filtered = applyFilters(drafts, filters, references)
  const linker = new Linker(referencesOf(filtered))
  return [...filtered.map(draft => linker.link(draft)), ...idleFilters(drafts, filters, references)]
}

/** A correlation, the ids of what it names, and what was said of it. */
interface Resolving {
  readonly document: CorrelationDocument
  readonly ids: Map<string, string>
  readonly problems: Problems
}

/** How many correlations may stand on each other. */
const LONGEST_CHAIN = 32

/** Resolves correlations, each once; knows the ones that it is in the middle of. */
class Linker {
  private readonly references: References
  private readonly done = new Map<Draft, LinkedRule>()
  private readonly open: Draft[] = []

  constructor(references: References) {
    this.references = references
  }

  link(draft: Draft): LinkedRule {
    if (draft.kind === 'refused') return draft
    if (draft.kind === 'detection') return { kind: 'rule', rule: draft.rule, problems: draft.problems }
    const done = this.done.get(draft)
    if (done !== undefined) return done
    this.open.push(draft)
    const linked = this.correlation(draft)
    this.open.pop()
    this.done.set(draft, linked)
    return linked
  }

  private correlation(document: CorrelationDocument): LinkedRule {
    const { draft } = document
    const problems = new Problems()
    const ids = new Map<string, string>()
    const named = new Set<string>()
    for (const reference of draft.rules) {
      const id = this.resolve(reference, document, problems)
      if (id === undefined) continue
      if (named.has(id)) {
        const message = `"${reference.text}" is a rule that stands before under another name`
        problems.error('sigma/reference', message, { at: reference.at })
      }
      ids.set(reference.text, id)
      named.add(id)
    }
    for (const { name, fields } of draft.aliases)
      for (const { rule } of fields) this.resolveAlias(name, rule, { document, ids, problems })
    const told = [...document.problems, ...problems.list]
    const idOf = ({ text }: Reference): string => ids.get(text) ?? text
    if (!problems.failed) return { kind: 'rule', rule: draft.make(draft.meta, idOf), problems: told }
    const { id, title } = draft.meta
    return { kind: 'refused', id, title, origin: draft.origin, problems: told }
  }

  /** An alias may call a rule of the correlation by another of its names. */
  private resolveAlias(alias: string, { text, at }: Reference, { document, ids, problems }: Resolving): void {
    if (ids.has(text)) return
    const target = this.references.find(text, document.draft.origin.file)
    const id = target === undefined || target.kind === 'refused' ? undefined : metaOf(target).id
    if (id !== undefined && [...ids.values()].includes(id)) ids.set(text, id)
    else if (!document.draft.rules.some(rule => rule.text === text))
      problems.error('sigma/reference', `the alias "${alias}" names a rule that is not under "rules"`, {
        at,
        help: `there are ${document.draft.rules.map(rule => rule.text).join(', ')}`,
      })
  }

  /** The id that a reference means, if that rule can be used. */
  private resolve(
    { text, at }: Reference,
    from: CorrelationDocument,
    problems: Problems,
  ): string | undefined {
    const target = this.references.find(text, from.draft.origin.file)
    if (target === undefined) {
      problems.error('sigma/unknown-rule', `there is no rule "${text}"`, {
        at,
        help: this.references.meant(text) ?? 'load the rule that the correlation is over too',
      })
      return undefined
    }
    if (this.open.includes(target)) {
      const help = 'leave one of these references out: each correlation needs the others first'
      problems.error('sigma/circular', this.circle(target, from), { at, help })
      return undefined
    }
    if (this.open.length > LONGEST_CHAIN) {
      problems.error('sigma/nesting', `more than ${LONGEST_CHAIN} correlations stand on each other`, { at })
      return undefined
    }
    const linked = this.link(target)
    if (linked.kind === 'rule') return linked.rule.meta.id
    problems.error('sigma/refused-rule', `the rule "${text}", which the correlation is over, was refused`, {
      at,
      help: 'mend that rule first; its own problems say what is wrong with it',
    })
    return undefined
  }

  private circle(target: Draft, from: CorrelationDocument): string {
    if (target === from) return 'the correlation is over itself'
    const way = [...this.open.slice(this.open.indexOf(target)), target].map(titleOf)
    return `correlations go in a circle: ${way.join(' -> ')}`
  }
}
