/** How the values of a column are compared: as texts, with `*` and `?` as wildcards, as networks, or as either of the two. */
export type ContextColumnType = 'text' | 'pattern' | 'network' | 'place' | 'number' | 'time'

export interface ContextColumn {
  readonly name: string
  readonly type: ContextColumnType
}

/** A row of context. It holds from `from` on and before `until`, in UTC ms of the event; always, where they are absent. */
export interface ContextRow {
  /** Column -> values as texts; never an empty list. */
  readonly cells: ReadonlyMap<string, readonly string[]>
  readonly from?: number
  readonly until?: number
}

/** What the organisation knows of one kind of thing, as languages see it. */
export interface ContextTable {
  readonly name: string
  /** `missing`: nobody gave it, so nothing may be concluded from its being without rows. */
  readonly state: 'missing' | 'empty' | 'loaded'
  readonly columns: readonly ContextColumn[]
  readonly rows: readonly ContextRow[]
  /** Why what is said with it has to be taken with care: it is empty or stale. */
  readonly caveat?: string
}
