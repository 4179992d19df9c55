import type { NamedFiles, SourceMapping } from '../engines/files/file-names.ts'
import { join, quote, type Sql, sql } from '../sql/sql.ts'
import type { LakeColumn } from './lake-column.ts'

/** The columns that the user names files by, over what stands there. */
export function namedColumns(
  mapping: SourceMapping | undefined,
  before: (column: string) => LakeColumn | undefined,
): readonly (readonly [column: string, value: LakeColumn])[] {
  if (mapping === undefined) return []
  const named = [
    ['_sourceCategory', mapping.sourceCategories],
    ['index', mapping.indexes],
  ] as const
  return named.flatMap(([column, names]) =>
    names.length === 0 ? [] : [[column, namedColumn(names, before(column))] as const],
  )
}

/** Every name whose part the path of the file has; without any, what stood there. */
function namedColumn(names: readonly NamedFiles[], before: LakeColumn | undefined): LakeColumn {
  const found = names.map(
    ({ part, name }) =>
      sql`CASE WHEN regexp_matches(file, ${quote(part.source)}, ${quote(part.ignoreCase ? 'i' : 'c')}) THEN ${quote(name)} END`,
  )
  const members = sql`list_members([${join(found, ', ')}])`
  return {
    value: before === undefined ? members : sql`coalesce(${members}, ${asList(before)})`,
    type: 'list',
  }
}

function asList({ value, type }: LakeColumn): Sql {
  return type === 'list' ? value : sql`list_members([${value}])`
}
