import type { Span } from '../../core/diagnostic.ts'

export type Comparison = '=' | '!=' | '<' | '<=' | '>' | '>='
export type Arithmetic = '+' | '-' | '*' | '/' | '%'

/** What is computed from the fields of one row; `Query` is a pipeline inside of it. */
export type ExprOver<Query> =
  | { readonly kind: 'field'; readonly name: string; readonly at: Span }
  | { readonly kind: 'text'; readonly raw: string; readonly at: Span }
  /** `written` keeps its suffix: `2k`, `1Ki`, `15m`. A time is in ms. */
  | { readonly kind: 'number'; readonly value: number; readonly written: string; readonly at: Span }
  | { readonly kind: 'boolean'; readonly value: boolean; readonly at: Span }
  | { readonly kind: 'null'; readonly at: Span }
  /** `{{name}}`, not between quotes. */
  | { readonly kind: 'template'; readonly name: string; readonly at: Span }
  | {
      readonly kind: 'call'
      readonly name: string
      readonly args: readonly ExprOver<Query>[]
      readonly at: Span
    }
  /** `/…/`, of `matches` and `replace`. */
  | { readonly kind: 'regex'; readonly source: string; readonly at: Span }
  | { readonly kind: 'not' | 'minus'; readonly of: ExprOver<Query>; readonly at: Span }
  | {
      readonly kind: 'and' | 'or'
      readonly left: ExprOver<Query>
      readonly right: ExprOver<Query>
      readonly at: Span
    }
  | {
      readonly kind: 'compare'
      readonly op: Comparison
      readonly left: ExprOver<Query>
      readonly right: ExprOver<Query>
      readonly at: Span
    }
  | {
      readonly kind: 'arithmetic'
      readonly op: Arithmetic
      readonly left: ExprOver<Query>
      readonly right: ExprOver<Query>
      readonly at: Span
    }
  | {
      readonly kind: 'matches'
      readonly of: ExprOver<Query>
      readonly pattern: ExprOver<Query>
      readonly negated: boolean
      readonly at: Span
    }
  | {
      readonly kind: 'in'
      readonly of: ExprOver<Query>
      readonly list: readonly ExprOver<Query>[]
      readonly negated: boolean
      readonly at: Span
    }
  /** `f {{condition}}`: a comparison that a parameter holds. */
  | { readonly kind: 'tested'; readonly of: ExprOver<Query>; readonly name: string; readonly at: Span }
  /** `if(test, then, otherwise)` and `test ? then : otherwise`. */
  | {
      readonly kind: 'if'
      readonly test: ExprOver<Query>
      readonly then: ExprOver<Query>
      readonly otherwise: ExprOver<Query>
      readonly at: Span
    }
  | { readonly kind: 'subquery'; readonly pipeline: Query; readonly at: Span }
  /** What could not be read; a problem tells why. */
  | { readonly kind: 'unknown'; readonly at: Span }
