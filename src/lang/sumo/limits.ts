/** What a query may ask for at most; queries come from anywhere. */
export const limits = {
  /** Characters of one query. */
  query: 256 * 1024,
  /** Stages of one pipeline, and pipelines within pipelines. */
  stages: 1000,
  pipelines: 8,
  /** Levels of parentheses and calls in an expression or a scope. */
  nesting: 100,
  /** Names of one list, such as the fields of `csv`. */
  names: 2000,
  /** Problems that are told of one query. */
  problems: 100,
} as const
