/** What a search may ask for at most; searches come from anywhere. */
export const limits = {
  /** Characters of a search as written, and after its macros are put in. */
  text: 256 * 1024,
  expanded: 1024 * 1024,
  /** Stages of a search, its subsearches included. */
  stages: 200,
  /** Subsearches within subsearches. */
  subsearches: 16,
  /** Parentheses, operators before an operand, and calls within calls. */
  nesting: 100,
  /** Terms of one condition. */
  terms: 20_000,
  /** Macros within macros, and calls of macros in one search. */
  macroDepth: 32,
  macroCalls: 2000,
  /** Characters of a name of a field. */
  name: 1000,
} as const
