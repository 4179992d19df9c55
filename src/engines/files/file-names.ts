import type { FieldWish } from '../../plan/lowering.ts'
import type { Cell } from '../../plan/relation.ts'
import type { LoadedEvent } from './event-row.ts'

/** What the files of an input are called in searches, where the usual names do not do. */
export interface SourceMapping {
  /** Sumo Logic's `_sourceCategory`, by the file. */
  readonly sourceCategories: readonly NamedFiles[]
  /** Splunk's `index`, by the file. */
  readonly indexes: readonly NamedFiles[]
}

/** A file that contains `part`, which may have stars, has the name. */
export interface NamedFiles {
  readonly part: RegExp
  readonly name: string
}

/** Puts the mapped names into a row, over what stands there. */
export function mapRow(
  row: Map<string, Cell>,
  { file }: LoadedEvent,
  { mapping, wish }: { readonly mapping?: SourceMapping; readonly wish: FieldWish },
): void {
  if (mapping === undefined) return
  const put = (column: string, names: readonly NamedFiles[]): void => {
    if (!wish.all && !wish.names.has(column)) return
    const found = names.filter(({ part }) => part.test(file)).map(({ name }) => name)
    if (found.length > 0) row.set(column, found)
  }
  put('_sourceCategory', mapping.sourceCategories)
  put('index', mapping.indexes)
}
