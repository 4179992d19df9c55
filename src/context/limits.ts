/** What a file of context may ask for at most. */
export const limits = {
  /** Characters of one file: YAML takes ten times as long to read as CSV. */
  yaml: 8 * 1024 * 1024,
  csv: 64 * 1024 * 1024,
  /** What a cloud printed, to be imported. */
  imported: 64 * 1024 * 1024,
  rows: 200_000,
  /** Characters of one value, values of one cell, columns of one row. */
  cell: 2000,
  values: 1000,
  columns: 100,
  /** Problems that are told one by one of a file. */
  problems: 100,
  /** Approvals that are compared with each other: the work grows with the square. */
  compared: 1000,
} as const
