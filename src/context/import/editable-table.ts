/** An open table: finds rows by their key, changes them, and is written with everything else as it was. */
export interface EditableTable {
  /** Keys of the rows that it had. */
  readonly keys: readonly string[]
  /** What the row has in a column. */
  get(key: string, column: string): readonly string[]
  set(key: string, column: string, values: readonly string[]): void
  add(key: string, cells: ReadonlyMap<string, readonly string[]>): void
  text(): string
  /** Why a row cannot stand in such a file. */
  refuses(cells: ReadonlyMap<string, readonly string[]>): string | undefined
}
