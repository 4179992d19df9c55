/** What a file of rules may ask for at most; rules come from anywhere. */
export const limits = {
  /** Characters of one document, and documents of one text. */
  document: 1024 * 1024,
  documents: 5000,
  /** Levels of maps and lists, and of parentheses in a condition. */
  nesting: 32,
  /** Nodes of one document after its aliases are followed. */
  nodes: 200_000,
  /** Values of one item, after modifiers and placeholders have multiplied them. */
  values: 10_000,
  /** Words of one condition, and the tests that it makes of one event at most. */
  words: 1000,
  tests: 100_000,
} as const
