import { join as joinPath } from 'node:path'
import type { Database } from '../engines/duckdb/database.ts'
import { storedFile } from '../engines/duckdb/stored-file.ts'
import type { SourceMapping } from '../engines/files/file-names.ts'
import type { FieldWish } from '../plan/lowering.ts'
import type { Pipeline } from '../plan/pipeline.ts'
import type { Column } from '../plan/scalar.ts'
import { column } from '../plan/scalars.ts'
import { storedSources } from '../sources/known.ts'
import type { Source } from '../sources/source.ts'
import { join, name, type Sql, sql } from '../sql/sql.ts'
import { LakeColumns, type NameStyle } from './columns.ts'
import { MOST_NAMES } from './field-names.ts'
import { overlaps, timeConditions } from './file-times.ts'
import type { Manifest } from './manifest.ts'
import { namedColumns } from './named-files.ts'
import { type PushedCondition, pushedDown } from './push-down.ts'

export interface LakeRead {
  readonly lake: string
  readonly manifest: Manifest
  readonly style: NameStyle
  readonly wish: FieldWish
  /** What files are called. */
  readonly mapping?: SourceMapping
  /** UTC ms; `to` is the first moment that is too late. */
  readonly from?: number
  readonly to?: number
  /** What the events of a source must be to matter; undefined if all do. */
  conditionFor?(source: Source): Pick<PushedCondition, 'condition' | 'decides'> | undefined
}

/** Makes the lake's events the table `events` of a database, with the wished fields that occur. Reads nothing yet. */
export function lakeEvents(read: LakeRead, database: Database): Pipeline {
  const parts = storedSources(read.manifest.maps).flatMap(source => partOf(source, read))
  const columns = columnsOf(parts)
  const selects = parts.map(part => selectOf(part, columns))
  const from = selects.length === 0 ? emptySelect(columns) : join(selects, ' UNION ALL ')
  const places = new Map(columns.map(({ name: column }, at) => [column, name(`c${at}`)]))
  database.define('events', { from: sql`(${from})`, column: wanted => places.get(wanted) })
  return {
    relation: { op: 'table', table: 'events', columns },
    order: ['_time', '$file', '$record'].map(key => ({
      value: column(key, key === '$file' ? 'text' : 'number'),
      descending: key === '_time',
    })),
  }
}

/** One source's files and the fields that are wished of them. */
interface Part {
  readonly from: Sql
  readonly columns: ReadonlyMap<string, { readonly value: Sql; readonly type: Column['type'] }>
}

function partOf(source: Source, read: LakeRead): readonly Part[] {
  const { lake, manifest, style, wish } = read
  const own = manifest.files.filter(file => file.source === source.id)
  const inside = own.filter(file => overlaps(file, read))
  const dottedKeys = manifest.dottedKeys[source.id] ?? []
  const condition = read.conditionFor?.(source)
  const pushed = pushedDown({ source, files: inside, manifest }, condition && { ...condition, cheap: true })
  // Fields are known, and empty, also where no file can hold what is wanted.
  const files = pushed.files.length > 0 ? pushed.files : own.slice(0, 1)
  if (files.length === 0) return []
  const exceptions = new Set(files.flatMap(file => file.exceptions))
  const names = manifest.fields[source.id] ?? []
  const around = new Set(files.flatMap(file => file.around))
  const wanted = pushed.where.length === 0 ? {} : { wanted: sql`(${join(pushed.where, ' AND ')})` }
  const known = {
    source,
    style,
    own: wish.own,
    fields: new Set(names),
    exceptions,
    odd: oddIn(manifest, source),
    dottedKeys,
    around,
  }
  const fields = new LakeColumns({ ...known, ...wanted })
  const paths = files.map(file => storedFile(joinPath(lake, ...file.path.split('/'))))
  const conditions =
    pushed.files.length > 0 ? [...timeConditions(files, read), ...pushed.where] : [sql`FALSE`]
  const kept = conditions.length === 0 ? sql`` : sql` WHERE ${join(conditions, ' AND ')}`
  const columns = new Map<string, { readonly value: Sql; readonly type: Column['type'] }>([
    ['$file', { value: sql`file`, type: 'text' }],
    ['$record', { value: sql`CAST(record AS DOUBLE)`, type: 'number' }],
    ['_time', { value: sql`event_ms / 1000.0`, type: 'number' }],
  ])
  for (const wished of style === 'sumo' ? inAnyCase(wish.names, [...names, ...around]) : wish.names) {
    const found = fields.of(wished)
    if (found !== undefined) columns.set(wished, found)
  }
  for (const [column, value] of namedColumns(read.mapping, wished => fields.of(wished))) {
    if (wish.names.has(column)) columns.set(column, value)
  }
  return [{ from: sql`read_parquet([${join(paths, ', ')}], hive_partitioning = false)${kept}`, columns }]
}

/** Of the names of fields the manifest keeps only so many. */
function oddIn({ fields, oddNames }: Manifest, { id }: Source): ReadonlySet<string> | undefined {
  const isWhole = (fields[id]?.length ?? 0) < MOST_NAMES
  return isWhole && oddNames !== undefined ? new Set(oddNames[id]) : undefined
}

/** The names, and those of fields that differ from them in case alone. */
function inAnyCase(names: ReadonlySet<string>, fields: readonly string[]): ReadonlySet<string> {
  const lower = new Set([...names].map(wished => wished.toLowerCase()))
  return new Set([...names, ...fields.filter(field => lower.has(field.toLowerCase()))])
}

function columnsOf(parts: readonly Part[]): readonly Column[] {
  const found = new Map<string, Column['type']>([
    ['$file', 'text'],
    ['$record', 'number'],
    ['_time', 'number'],
  ])
  for (const { columns } of parts) {
    for (const [column, { type }] of columns) {
      const before = found.get(column)
      found.set(column, before === undefined || before === type ? type : 'list')
    }
  }
  return [...found].map(([name, type]) => ({ name, type }))
}

function selectOf({ from, columns }: Part, all: readonly Column[]): Sql {
  const list = all.map(({ name: wanted, type }, at) => {
    const found = columns.get(wanted)
    if (found === undefined) return sql`CAST(NULL AS ${TYPES[type]}) AS ${name(`c${at}`)}`
    const value = found.type === type ? found.value : sql`list_members([${found.value}])`
    return sql`${value} AS ${name(`c${at}`)}`
  })
  return sql`SELECT ${join(list, ', ')} FROM ${from}`
}

function emptySelect(columns: readonly Column[]): Sql {
  const list = columns.map(({ type }, at) => sql`CAST(NULL AS ${TYPES[type]}) AS ${name(`c${at}`)}`)
  return sql`SELECT ${join(list, ', ')} WHERE FALSE`
}

const TYPES: Readonly<Record<Column['type'], Sql>> = {
  text: sql`VARCHAR`,
  number: sql`DOUBLE`,
  boolean: sql`BOOLEAN`,
  list: sql`VARCHAR[]`,
}
