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
