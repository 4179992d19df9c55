/** What a cell may hold. `place` is a network or a pattern; `size` is bytes, `schedule` hours of the week, both in UTC. */
export type CellType =
  | 'text'
  | 'pattern'
  | 'network'
  | 'place'
  | 'account'
  | 'asn'
  | 'country'
  | 'time'
  | 'size'
  | 'schedule'
  | 'enum'

export interface Column {
  readonly name: string
  readonly type: CellType
  /** One sentence for the person who fills it in. */
  readonly about: string
  readonly required: boolean
  /** Several values: a YAML list, or `;` between them in CSV. */
  readonly list: boolean
  /** The words of an `enum`. */
  readonly words?: readonly string[]
}

/** An inventory says what there is. An approval says what may be done, by whom, and until when. */
export type TableKind = 'inventory' | 'approval'

/** A kind of knowledge. One file each, listed in `tables/index.ts`. */
export interface Table {
  readonly name: string
  readonly kind: TableKind
  readonly about: string
  readonly columns: readonly Column[]
  /** The columns that together name an entry; no two entries may agree in all of them. */
  readonly key: readonly string[]
  /** Of each list one column at least has to be there. */
  readonly oneOf?: readonly (readonly string[])[]
  /** Days after which an inventory's `last_verified` is too old. */
  readonly reviewDays?: number
}

/** A column that may be left out. */
export function column(name: string, type: CellType, about: string): Column {
  return { name, type, about, required: false, list: false }
}

export function required(one: Column): Column {
  return { ...one, required: true }
}

export function list(one: Column): Column {
  return { ...one, list: true }
}

export function oneWordOf(name: string, words: readonly string[], about: string): Column {
  return { ...column(name, 'enum', about), words }
}

/** Columns of the user's own begin so; they are kept, and nothing here reads them. */
export const OWN_PREFIX = 'x_'
