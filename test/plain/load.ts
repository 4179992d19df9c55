import type { Diagnostic } from '../../src/core/diagnostic.ts'
import { linkSigma } from '../../src/lang/sigma/link.ts'
import { parseSigma } from '../../src/lang/sigma/parse.ts'
import type { ContextTable } from '../../src/plan/context-table.ts'
import type { DetectionRule } from '../../src/plan/rule.ts'

export interface LoadedText {
  readonly rules: readonly DetectionRule[]
  /** Titles of the documents that were refused. */
  readonly refused: readonly string[]
  readonly problems: readonly Diagnostic[]
}

/** Parses and links the Sigma documents of one text. */
export function loadText(
  text: string,
  file: string,
  placeholders: Readonly<Record<string, readonly string[]>> = {},
  tables: readonly ContextTable[] = [],
): LoadedText {
  const documents = parseSigma(text, { file, placeholders: new Map(Object.entries(placeholders)), tables })
  const linked = linkSigma(documents)
  const filters = documents.filter(document => document.kind === 'filter')
  return {
    rules: linked.flatMap(one => (one.kind === 'rule' && one.rule.kind === 'detection' ? [one.rule] : [])),
    refused: linked.flatMap(one => (one.kind === 'refused' ? [one.title] : [])),
    problems: [...new Set([...linked, ...filters].flatMap(one => one.problems))],
  }
}
