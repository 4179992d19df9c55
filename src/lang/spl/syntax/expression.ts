import type { Span } from '../../../core/diagnostic.ts'

/** An expression of `eval` and `where`, as written. */
export type Expression =
  | { readonly kind: 'number'; readonly text: string; readonly at: Span }
  | { readonly kind: 'string'; readonly value: string; readonly at: Span }
  | { readonly kind: 'field'; readonly name: string; readonly quoted: boolean; readonly at: Span }
  /** The name in lower case. */
  | {
      readonly kind: 'call'
      readonly name: string
      readonly args: readonly Expression[]
      readonly at: Span
    }
  | { readonly kind: 'sign'; readonly op: '-' | '+'; readonly of: Expression; readonly at: Span }
  | { readonly kind: 'not'; readonly of: Expression; readonly at: Span }
  | {
      readonly kind: 'binary'
      readonly op: BinaryOperator
      readonly left: Expression
      readonly right: Expression
      readonly at: Span
    }
  | {
      readonly kind: 'in'
      readonly of: Expression
      readonly values: readonly Expression[]
      readonly at: Span
    }

/** `==` and `=` are the same. */
export type BinaryOperator =
  | '*'
  | '/'
  | '%'
  | '+'
  | '-'
  | '.'
  | '='
  | '!='
  | '<'
  | '<='
  | '>'
  | '>='
  | 'LIKE'
  | 'AND'
  | 'OR'
  | 'XOR'

/** How tightly operators bind; of equal ones the left goes first. */
export const BINDING: Record<BinaryOperator, number> = {
  XOR: 1,
  OR: 2,
  AND: 3,
  '=': 5,
  '!=': 5,
  '<': 5,
  '<=': 5,
  '>': 5,
  '>=': 5,
  LIKE: 5,
  '.': 6,
  '+': 7,
  '-': 7,
  '*': 8,
  '/': 8,
  '%': 8,
}

/** `NOT` binds less than comparisons do, `IN` as they do; signs more than anything. */
export const NOT_BINDING = 4
export const IN_BINDING = 5
export const SIGN_BINDING = 9
