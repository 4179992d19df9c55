/**
 * How a value is held in a row. A `text` may read as a number; a `list` holds texts and is never empty: a field
 * without a value is null, whatever its type.
 */
export type ColumnType = 'text' | 'number' | 'boolean' | 'list'
