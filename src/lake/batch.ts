import { mkdirSync, rmSync } from 'node:fs'
import { dirname, join as joinPath } from 'node:path'
import type { Database } from '../engines/duckdb/database.ts'
import { storedFile } from '../engines/duckdb/stored-file.ts'
import { integer, join, name, quote, type Sql, sql } from '../sql/sql.ts'
import { listedValues } from './listed-values.ts'
import type { LakeFile } from './manifest.ts'
import { onDisk } from './on-disk.ts'
import { BETWEEN, BETWEEN_MEMBERS, ENVELOPE, NOTHING, UNWRITTEN } from './row.ts'
import { sha256Of } from './sha256.ts'
import { MOST_RECORDS, type SpooledRows } from './spool.ts'
import type { LakeTable } from './tables/table.ts'
import { tableOf } from './tables/tables.ts'

/** Where a batch goes. */
export interface BatchTarget {
  readonly database: Database
  readonly lake: string
  /** The lake's files: the events in them are not written again. */
  readonly known: readonly LakeFile[]
  /** Part of the names of the new files; new each time. */
  readonly label: string
}

/** The rows of a group are so many that sorting and packing them stays cheap to hold in memory. */
export const ROW_GROUP = sql`40960`

/** What became of a batch. */
export interface WrittenBatch {
  readonly files: readonly LakeFile[]
  /** Events that were there already: number of the input file -> how many. */
  readonly copies: ReadonlyMap<number, number>
}

/** Writes spooled rows as one Parquet file a source and day, each event once, and removes what was spooled. */
export async function writeBatch(
  spooled: readonly SpooledRows[],
  target: BatchTarget,
): Promise<WrittenBatch> {
  const files: LakeFile[] = []
  const copies = new Map<number, number>()
  for (const group of groupsOf(spooled)) {
    const written = await writeDay(group, target, copies)
    if (written !== undefined) files.push(written)
    for (const { rowsFile, keysFile } of group) {
      rmSync(rowsFile, { force: true })
      rmSync(keysFile, { force: true })
    }
  }
  return { files, copies }
}

function groupsOf(spooled: readonly SpooledRows[]): readonly (readonly SpooledRows[])[] {
  const groups = new Map<string, SpooledRows[]>()
  for (const rows of spooled) {
    const key = `${rows.source} ${rows.date}`
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [rows])
    else group.push(rows)
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group)
}

async function writeDay(
  group: readonly SpooledRows[],
  target: BatchTarget,
  allCopies: Map<number, number>,
): Promise<LakeFile | undefined> {
  const { database, lake, label } = target
  const [one] = group
  if (one === undefined) throw new Error('bug: an empty group')
  const { source, date } = one
  const found = await findCopies(group, target)
  let copies = 0
  for (const [number, count] of found) {
    copies += count
    allCopies.set(number, (allCopies.get(number) ?? 0) + count)
  }
  const rows = group.reduce((sum, spool) => sum + spool.rows, 0) - copies
  if (rows === 0) return undefined
  const path = `data/source=${source}/date=${date}/${label}.parquet`
  const parquet = joinPath(lake, ...path.split('/'))
  mkdirSync(dirname(parquet), { recursive: true })
  const kept = copies === 0 ? sql`` : sql` WHERE number NOT IN (SELECT number FROM copies)`
  const unwritten = new Set(group.flatMap(spool => spool.unwritten))
  const columns = columnsOf(tableOf(source), unwritten)
  const written = await database.query(
    sql`COPY (SELECT ${columns} FROM ${rowsFrom(group)}${kept})
      TO ${quote(parquet)} (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1, ROW_GROUP_SIZE ${ROW_GROUP}, RETURN_STATS)`,
  )
  onDisk(parquet)
  const sha256 = await sha256Of(parquet)
  const firsts = group.flatMap(({ first }) => first ?? [])
  const lasts = group.flatMap(({ last }) => last ?? [])
  return {
    path,
    source,
    date,
    rows,
    bytes: Number(written[0]?.[2] ?? 0),
    ...(sha256 === undefined ? {} : { sha256 }),
    ...(firsts.length === 0 ? {} : { first: Math.min(...firsts), last: Math.max(...lasts) }),
    values: await listedValues(database, parquet, tableOf(source)),
    exceptions: [...new Set(group.flatMap(({ exceptions }) => exceptions))].sort(),
    around: [...new Set(group.flatMap(({ around }) => around))].sort(),
  }
}

/** Makes the table `copies` of the numbers of rows that are there already, or earlier in the group; counts them by input file. */
async function findCopies(
  group: readonly SpooledRows[],
  { database, lake, known }: BatchTarget,
): Promise<readonly (readonly [number: number, count: number])[]> {
  const [{ source, date } = { source: '', date: '' }] = group
  // Copies have the same time, so they are of the same day.
  const same = known.filter(file => file.source === source && file.date === date)
  const paths = same.map(file => storedFile(joinPath(lake, ...file.path.split('/'))))
  const there =
    paths.length === 0
      ? sql``
      : sql` UNION SELECT number FROM keys SEMI JOIN read_parquet([${join(paths, ', ')}], hive_partitioning = false) AS there
          ON keys.event_id = there.event_id AND keys.content = there.content`
  await database.execute(sql`CREATE OR REPLACE TEMP TABLE keys AS SELECT * FROM ${keysFrom(group)}`)
  await database.execute(sql`CREATE OR REPLACE TEMP TABLE copies AS
    SELECT number FROM (SELECT number, row_number() OVER (PARTITION BY event_id, content ORDER BY number) AS nth FROM keys)
    WHERE nth > 1${there}`)
  await database.execute(sql`DROP TABLE keys`)
  const counts = await database.query(
    sql`SELECT number // ${integer(MOST_RECORDS)} AS input, count(*) FROM copies GROUP BY input`,
  )
  return counts.map(([input, count]) => [Number(input), Number(count)])
}

function pathText(path: readonly string[]): string {
  return `$${path.map(step => `."${step}"`).join('')}`
}

/** @param unwritten names of the promoted fields of which some texts are to be read out of `raw` */
function columnsOf({ promoted, parts }: LakeTable, unwritten: ReadonlySet<string>): Sql {
  const envelope = Object.entries(ENVELOPE).map(([column, type]) => {
    if (column === 'message') return sql`json_extract_string(message, '$') AS message`
    return type === 'VARCHAR[]'
      ? sql`coalesce(string_split(${name(column)}, ${quote(BETWEEN_MEMBERS)}), []) AS ${name(column)}`
      : name(column)
  })
  const own = promoted.map(({ name: field, path, column }) =>
    unwritten.has(field)
      ? sql`CASE WHEN ${name(column)} = ${quote(UNWRITTEN)} THEN json_extract_string(raw, ${quote(pathText(path))})
          ELSE ${name(column)} END AS ${name(column)}`
      : name(column),
  )
  return join([...envelope, ...own, ...parts.map(({ column }) => name(column)), sql`raw`], ', ')
}

function rowsFrom(group: readonly SpooledRows[]): Sql {
  const { content, ...envelope } = ENVELOPE
  const { promoted, parts } = tableOf(group[0]?.source ?? '')
  const own = Object.fromEntries([...promoted, ...parts].map(({ column }) => [column, 'VARCHAR']))
  const columns = { number: 'BIGINT', ...envelope, entities: 'VARCHAR', ...own, raw: 'VARCHAR', content }
  return linesFrom(group, 'rowsFile', columns)
}

function keysFrom(group: readonly SpooledRows[]): Sql {
  const { event_ms, event_id, content } = ENVELOPE
  return linesFrom(group, 'keysFile', { number: 'BIGINT', event_ms, event_id, content })
}

/** Bytes that the engine reads at once of a file of lines, and the most that such a line may have for that. */
const READ_AT_ONCE = 8 * 1024 * 1024

function linesFrom(
  group: readonly SpooledRows[],
  file: 'rowsFile' | 'keysFile',
  columns: { readonly [column: string]: string },
): Sql {
  const files = group.map(spool => storedFile(spool[file]))
  const types = Object.entries(columns).map(([column, type]) => sql`${name(column)}: ${quote(type)}`)
  const longest = Math.max(READ_AT_ONCE / 4, ...group.map(spool => spool.longest + 16))
  return sql`read_csv([${join(files, ', ')}], columns = {${join(types, ', ')}}, auto_detect = false, header = false,
    delim = ${quote(BETWEEN)}, quote = '', escape = '', comment = '', nullstr = ${quote(NOTHING)}, new_line = '\\n',
    max_line_size = ${integer(longest)}, buffer_size = ${integer(Math.max(READ_AT_ONCE, 4 * longest))})`
}
