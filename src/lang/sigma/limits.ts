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
  /** Characters of one value, and of its `?`: a search for it takes that many steps a character at worst. */
  value: 8192,
  singles: 256,
  /** Characters of the name of a field, and its parts between dots. */
  fieldName: 1000,
  fieldParts: 32,
  /** Words of one condition, and the tests that it makes of one event at most. */
  words: 1000,
  tests: 100_000,
} as const
