import { closeSync, mkdirSync, openSync, unlinkSync, writeSync } from 'node:fs'
import { dirname, join as joinPath, relative, sep } from 'node:path'
import type { Database } from '../engines/duckdb/database.ts'
import { integer, join, name, quote, type Sql, sql } from '../sql/sql.ts'
import type { LakeFile } from './manifest.ts'
import { ENVELOPE } from './row.ts'
import type { LakeTable } from './tables/table.ts'

const PIECE = 1 << 20
/** Columns of few values, all of which the manifest keeps so that files without a wanted one are not opened. */
const LISTED = ['event_name', 'event_source', 'aws_region', 'recipient_account_id'] as const
/** More values than this are not kept. */
const MOST_LISTED = 2000

/** Events of one source on their way into the lake: lines of JSON in a file, then Parquet files by day. */
export class LakeBatch {
  rows = 0
  /** Characters so far. */
  size = 0
  private readonly table: LakeTable
  private readonly path: string
  private readonly file: number
  private pieces: string[] = []
  private held = 0
  private longest = PIECE

  constructor(table: LakeTable, folder: string) {
    this.table = table
    this.path = joinPath(folder, `${table.source}.jsonl`)
    mkdirSync(dirname(this.path), { recursive: true })
    this.file = openSync(this.path, 'w')
  }

  /** A line as `lakeRow` gives it. */
  add(line: string): void {
    this.pieces.push(line)
    this.rows++
    this.held += line.length
    this.size += line.length
    if (line.length * 3 > this.longest) this.longest = line.length * 3
    if (this.held > PIECE) this.flush()
  }

  /**
   * Writes what was added as Parquet files below the lake's folder, each event once.
   *
   * @param known files of the lake that may hold the same events
   * @param label part of the names of the new files; new each time
   */
  async write(
    database: Database,
    lake: string,
    known: readonly LakeFile[],
    label: string,
  ): Promise<readonly LakeFile[]> {
    this.flush()
    closeSync(this.file)
    await database.execute(sql`CREATE OR REPLACE TEMP TABLE batch AS ${this.distinct(lake, known)}`)
    unlinkSync(this.path)
    const days = await database.query(
      sql`SELECT date, count(*) AS n, min(event_ms), max(event_ms) FROM batch GROUP BY date ORDER BY date`,
    )
    const files: LakeFile[] = []
    for (const [date, rows, first, last] of days) {
      files.push(await this.writeDay(database, lake, { date: String(date), rows, first, last, label }))
    }
    await database.execute(sql`DROP TABLE batch`)
    return files
  }

  private async writeDay(
    database: Database,
    lake: string,
    day: { date: string; rows: unknown; first: unknown; last: unknown; label: string },
  ): Promise<LakeFile> {
    const { date, label } = day
    const path = `data/source=${this.table.source}/date=${date}/${label}.parquet`
    const target = joinPath(lake, ...path.split('/'))
    mkdirSync(dirname(target), { recursive: true })
    const columns = join(
      this.columns().map(([column]) => name(column)),
      ', ',
    )
    const written = await database.query(sql`COPY (SELECT ${columns} FROM batch WHERE date = ${quote(date)}
      ORDER BY event_ms, event_id) TO ${quote(target)} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 122880, RETURN_STATS)`)
    return {
      path: relative(lake, target).split(sep).join('/'),
      source: this.table.source,
      date,
      rows: Number(day.rows),
      bytes: Number(written[0]?.[2] ?? 0),
      ...(day.first === null ? {} : { first: Number(day.first), last: Number(day.last) }),
      values: await this.values(database, date),
    }
  }

  /** The rows of the batch, without copies of each other and of what the lake has. */
  private distinct(lake: string, known: readonly LakeFile[]): Sql {
    const paths = known.map(file => quote(joinPath(lake, ...file.path.split('/'))))
    const fresh =
      paths.length === 0
        ? sql``
        : sql` AND (event_id IS NULL OR (event_id, content) NOT IN
            (SELECT (event_id, content) FROM read_parquet([${join(paths, ', ')}]) WHERE event_id IS NOT NULL))`
    return sql`SELECT *, ${DATE} AS date FROM ${this.lines()}
      WHERE TRUE${fresh}
      QUALIFY event_id IS NULL OR row_number() OVER (PARTITION BY event_id, content ORDER BY file, record) = 1`
  }

  private lines(): Sql {
    const types = this.columns().map(([column, type]) => sql`${name(column)}: ${quote(type)}`)
    return sql`read_json(${quote(this.path)}, format = 'newline_delimited',
      columns = {${join(types, ', ')}}, maximum_object_size = ${integer(this.longest)})`
  }

  private columns(): readonly (readonly [column: string, type: string])[] {
    const own = [...this.table.promoted, ...this.table.parts]
    return [
      ...Object.entries(ENVELOPE),
      ...own.map(({ column }) => [column, 'VARCHAR'] as const),
      ['raw', 'VARCHAR'],
    ]
  }

  private async values(database: Database, date: string): Promise<LakeFile['values']> {
    const found: Record<string, readonly string[]> = {}
    for (const column of LISTED) {
      if (!this.table.promoted.some(promoted => promoted.column === column)) continue
      const rows = await database.query(
        sql`SELECT DISTINCT ${name(column)} FROM batch WHERE date = ${quote(date)} AND ${name(column)} IS NOT NULL
          ORDER BY 1 LIMIT ${integer(MOST_LISTED + 1)}`,
      )
      if (rows.length <= MOST_LISTED) found[column] = rows.map(([value]) => String(value))
    }
    return found
  }

  private flush(): void {
    writeSync(this.file, this.pieces.join(''))
    this.pieces = []
    this.held = 0
  }
}

const DATE = sql`coalesce(strftime(make_timestamp(event_ms * 1000), '%Y-%m-%d'), 'unknown')`
