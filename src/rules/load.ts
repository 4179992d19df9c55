import type { Diagnostic } from '../core/diagnostic.ts'
import { linkSigma } from '../lang/sigma/link.ts'
import { parseSigma } from '../lang/sigma/parse.ts'
import type { ContextTable } from '../plan/context-table.ts'
import type { Rule } from '../plan/rule.ts'
import { findRules, type RuleFileProblem, type RuleText } from './find.ts'
import { readSearchRules, type SearchDocument, splitSearches } from './read-search-rule.ts'
import type { SearchRule } from './search-rule.ts'

export interface LoadOptions {
  /** Placeholder -> values, for `expand`. */
  readonly placeholders?: ReadonlyMap<string, readonly string[]>
  /** What the organisation knows, for `%table.column%`. */
  readonly tables?: readonly ContextTable[]
  /** Ids of logs that mappings describe, for `sources` of searches. */
  readonly sources?: readonly string[]
}

/** A rule that loaded, with what was said of it. */
export interface LoadedRule {
  readonly rule: Rule
  readonly problems: readonly Diagnostic[]
  readonly source: RuleText | undefined
}

/** A rule that holds a search, with what was said of it; the search itself is read by those who run it. */
export interface LoadedSearch {
  readonly rule: SearchRule
  readonly problems: readonly Diagnostic[]
  readonly source: RuleText | undefined
}

/** A rule that was refused, and why. */
export interface RefusedRule {
  readonly id: string
  readonly title: string
  readonly file: string
  readonly problems: readonly Diagnostic[]
  readonly source: RuleText | undefined
}

export interface LoadedRules {
  readonly rules: readonly LoadedRule[]
  readonly searches?: readonly LoadedSearch[]
  readonly refused: readonly RefusedRule[]
  readonly problems: readonly RuleFileProblem[]
}

/** Finds, reads, parses and links rules. A broken rule never costs another. */
export function loadRules(specs: readonly string[], options: LoadOptions = {}): LoadedRules {
  const { texts, problems } = findRules(specs)
  const byFile = new Map(texts.map(text => [text.file, text]))
  const documents = texts.flatMap(({ text, file }) => {
    const { searches, rest } = splitSearches(text)
    return searches.length > 0 && rest.trim() === '' ? [] : parseSigma(rest, { file, ...options })
  })
  const rules: LoadedRule[] = []
  const refused: RefusedRule[] = []
  const searches: LoadedSearch[] = []
  for (const source of texts) {
    for (const document of readSearchRules(source.text, source.file, options.sources)) {
      if (document.kind === 'search') searches.push({ ...document, source })
      else refused.push(refusedSearch(document, source))
    }
  }
  for (const linked of linkSigma(documents)) {
    if (linked.kind === 'rule') {
      rules.push({
        rule: linked.rule,
        problems: linked.problems,
        source: byFile.get(linked.rule.origin.file),
      })
    } else {
      const { id, title, origin } = linked
      refused.push({
        id: id ?? '',
        title,
        file: origin.file,
        problems: linked.problems,
        source: byFile.get(origin.file),
      })
    }
  }
  return { rules, searches: withUniqueIds(searches, rules), refused, problems }
}

function refusedSearch(
  { id, title, origin, problems }: Extract<SearchDocument, { kind: 'refused' }>,
  source: RuleText,
): RefusedRule {
  return { id: id ?? '', title, file: origin.file, problems, source }
}

/** The id of a second rule of the same id has its file behind it. */
function withUniqueIds(
  searches: readonly LoadedSearch[],
  rules: readonly LoadedRule[],
): readonly LoadedSearch[] {
  const ids = new Set(rules.map(({ rule }) => rule.meta.id))
  return searches.map(search => {
    const { rule } = search
    const { meta, origin } = rule
    const id = ids.has(meta.id) ? `${meta.id} ${origin.file}:${origin.line}` : meta.id
    ids.add(id)
    return id === meta.id ? search : { ...search, rule: { ...rule, meta: { ...meta, id } } }
  })
}
