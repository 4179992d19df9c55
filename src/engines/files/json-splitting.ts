export interface SplitterOptions {
  /** Keys of a top-level object whose array holds the records: `Records`, `events`, `value` … */
  readonly arrayKeys: ReadonlySet<string>
  /** UTF-16 units. A longer record is left out. */
  readonly maxRecord: number
}

/** Who takes what a text is cut into. */
export interface SplitterEvents {
  /**
   * The text of one record; the answer is what is wrong with it, if it is no JSON after all. It may share memory with
   * the text pushed: do not keep it without need.
   */
  record(text: string): string | undefined
  /**
   * Something is left out that has its place in the order of the records. `json/record-too-large`, `json/bad-record`: one
   * record. `json/broken`: a value that breaks off. `json/not-json`: other text. Once for each damaged stretch.
   */
  left(code: string, message: string): void
  /** `json/unclosed`: the text ends inside a value. `json/stray-bracket`: one too many. */
  problem(code: string, message: string): void
}
