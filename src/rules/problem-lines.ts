import type { Diagnostic } from '../core/diagnostic.ts'
import { printDiagnostic, printDiagnosticLine } from '../core/print-diagnostic.ts'
import type { RuleText } from './find.ts'

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
