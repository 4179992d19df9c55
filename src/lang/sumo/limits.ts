/** What a query may ask for at most; queries come from anywhere. */
export const limits = {
  /** Characters of one query. */
  query: 256 * 1024,
  /** Stages of one pipeline, and pipelines within pipelines. */
  stages: 1000,
  pipelines: 8,
  /** Levels of parentheses and calls in an expression or a scope. */
  nesting: 100,
  /** Operators side by side in an expression, and words in a scope. */
  operators: 2000,
  /** Characters between the bracket of a subquery and its colon. */
  head: 200,
  /** Members of the list of `in`. */
  members: 20_000,
  /** Characters that `format` may pad a value to. */
  width: 1000,
  /** Rows that a window function looks at. */
  window: 100_000,
  /** Names of one list, such as the fields of `csv`. */
  names: 2000,
  /** Problems that are told of one query. */
  problems: 100,
} as const
