import type { Problems, Span } from '../../core/diagnostic.ts'
import type { LogSource } from '../../core/log-source.ts'
import type { ContextTable } from '../../plan/context-table.ts'

/** What the parts of one detection need while they are read. */
export interface Reading {
  readonly problems: Problems
  readonly placeholders: ReadonlyMap<string, readonly string[]>
  readonly tables: readonly ContextTable[]
  /** Decides which fields have other names in the raw log. */
  readonly logsource: LogSource
}

/** A field and its modifiers, as the key of an item has them. */
export interface ItemKey {
  /** Empty for keywords. */
  readonly field: string
  readonly at: Span
}
