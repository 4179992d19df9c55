import type { Diagnostic, Span } from '../../core/diagnostic.ts'
import type { LogSource } from '../../core/log-source.ts'
import type { ContextTable } from '../../plan/context-table.ts'
import type { Expr } from '../../plan/expr.ts'
import type { CorrelationRule, DetectionRule, Rule, RuleMeta, RuleOrigin } from '../../plan/rule.ts'

export interface SigmaOptions {
  /** The file as the user named it. */
  readonly file: string
  /** Placeholder name -> its values, for `|expand`. */
  readonly placeholders?: ReadonlyMap<string, readonly string[]>
  /** What the organisation knows: `%table.column%` stands for its values. */
  readonly tables?: readonly ContextTable[]
}

/** What one YAML document is. Problems are warnings, except those of a refusal. */
export type SigmaDocument =
  | { readonly kind: 'detection'; readonly rule: DetectionRule; readonly problems: readonly Diagnostic[] }
  | {
      readonly kind: 'correlation'
      readonly draft: CorrelationDraft
      readonly problems: readonly Diagnostic[]
    }
  | { readonly kind: 'filter'; readonly filter: SigmaFilter; readonly problems: readonly Diagnostic[] }
  | Refused

/** A document or rule that cannot be used, and why. `id` is its own, if it could be read. */
export interface Refused {
  readonly kind: 'refused'
  readonly id?: string
  readonly title: string
  readonly origin: RuleOrigin
  readonly problems: readonly Diagnostic[]
}

/** How a document names a rule: by id, name or title. */
export interface Reference {
  readonly text: string
  readonly at: Span
}

/** A correlation whose references are not yet resolved. */
export interface CorrelationDraft {
  readonly meta: RuleMeta
  /** Every rule that it names, each once. */
  readonly rules: readonly Reference[]
  readonly aliases: readonly Alias[]
  readonly origin: RuleOrigin
  /** The rule, once it is known what the references mean and how it is called itself. */
  readonly make: (meta: RuleMeta, idOf: (reference: Reference) => string) => CorrelationRule
}

/** One name for fields that are called differently in the rules of a correlation. */
export interface Alias {
  readonly name: string
  readonly fields: readonly { readonly rule: Reference; readonly field: string }[]
}

/** A condition that is added to other people's rules. */
export interface SigmaFilter {
  readonly meta: RuleMeta
  readonly logsource: LogSource
  /** Absent: every rule of the log source. */
  readonly rules?: readonly Reference[]
  readonly where: Expr
  readonly origin: RuleOrigin
}

/** A rule that is ready to run, or what became of it. */
export type LinkedRule =
  | { readonly kind: 'rule'; readonly rule: Rule; readonly problems: readonly Diagnostic[] }
  | Refused
