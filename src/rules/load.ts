import type { Diagnostic } from '../core/diagnostic.ts'
import { printDiagnostic, printDiagnosticLine } from '../core/print-diagnostic.ts'
import { linkSigma } from '../lang/sigma/link.ts'
import { parseSigma } from '../lang/sigma/parse.ts'
import type { ContextTable } from '../plan/context-table.ts'
import type { Rule } from '../plan/rule.ts'
import { findRules, type RuleFileProblem, type RuleText } from './find.ts'

export interface LoadOptions {
  /** Placeholder -> values, for `expand`. */
  readonly placeholders?: ReadonlyMap<string, readonly string[]>
  /** What the organisation knows, for `%table.column%`. */
  readonly tables?: readonly ContextTable[]
}

/** A rule that loaded, with what was said of it. */
export interface LoadedRule {
  readonly rule: Rule
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
  readonly refused: readonly RefusedRule[]
  readonly problems: readonly RuleFileProblem[]
}

/** Finds, reads, parses and links rules. A broken rule never costs another. */
export function loadRules(specs: readonly string[], options: LoadOptions = {}): LoadedRules {
  const { texts, problems } = findRules(specs)
  const byFile = new Map(texts.map(text => [text.file, text]))
  const documents = texts.flatMap(({ text, file }) => parseSigma(text, { file, ...options }))
  const rules: LoadedRule[] = []
  const refused: RefusedRule[] = []
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
  return { rules, refused, problems }
}

/** What was said of a rule, a line a problem, errors first. */
export function problemLines(problems: readonly Diagnostic[], file: string): readonly string[] {
  const errors = problems.filter(({ severity }) => severity === 'error')
  const warnings = problems.filter(({ severity }) => severity !== 'error')
  return [...errors, ...warnings].map(problem => printDiagnosticLine(problem, file))
}

/** What was said of a rule, with places and carets. */
export function printProblems(of: {
  readonly problems: readonly Diagnostic[]
  readonly source: RuleText | undefined
  readonly file: string
}): readonly string[] {
  return of.problems.map(problem => printDiagnostic(problem, of.file, of.source?.text))
}
