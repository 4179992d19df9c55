import { crc32 } from 'node:zlib'
import { parseTime } from '../../core/time.ts'
import type { Database } from '../../engines/duckdb/database.ts'
import { TableLoader } from '../../engines/duckdb/table-loader.ts'
import type { Pipeline } from '../../plan/pipeline.ts'
import type { Cell } from '../../plan/relation.ts'
import { column } from '../../plan/scalars.ts'
import { compile, type EventTest } from '../../scan/compile.ts'
import { generic } from '../../sources/generic/generic.ts'
import type { Source } from '../../sources/source.ts'
import { name, sql } from '../../sql/sql.ts'
import { eventRow, type LoadedEvent } from './event-row.ts'
import type { LanguageSearch } from './language-search.ts'
import { mapRow } from './mapping.ts'
import type { QueryOptions } from './options.ts'

/** What was left out of a file. */
export interface LeftOut {
  outside: number
  withoutTime: number
}

export type LoadOptions = Pick<QueryOptions, 'style' | 'search' | 'from' | 'to' | 'mapping'>

/** Loads those events that can matter to a search, each once, into the table `events`. */
export class EventLoader {
  private readonly options: LoadOptions
  private readonly database: Database
  private readonly loader: TableLoader
  private readonly tests = new Map<Source, EventTest>()
  private left: LeftOut = { outside: 0, withoutTime: 0 }
  /** Some event is of a known log, or says `_time` itself: then they come newest first, else as they stand. */
  private timed = false

  constructor(options: LoadOptions, database: Database) {
    this.options = options
    this.database = database
    this.loader = new TableLoader(database, 'events')
  }

  /** What was left out since the last time. */
  takeLeft(): LeftOut {
    const { left } = this
    this.left = { outside: 0, withoutTime: 0 }
    return left
  }

  /** @param more columns of whoever loads it, asked for only if the event is loaded */
  readonly add = (found: LoadedEvent, more?: () => readonly (readonly [string, Cell])[]): void => {
    const { source, record, text, bytes } = found
    const written = source.eventTime(record)
    const time = written === undefined ? undefined : parseTime(written)
    if (time === undefined) this.left.withoutTime++
    if (isOutside(time, this.options)) this.left.outside++
    else if (this.testFor(source)(record)) {
      const row = eventRow(found, this.options.style, this.options.search.wish)
      mapRow(row, found, this.options)
      this.timed ||= source !== generic || Object.hasOwn(record, '_time')
      const id = source.eventId(record)
      // Copies that differ are told apart.
      if (id !== undefined) row.set('$id', `${id} ${crc32(bytes ?? text)}`)
      if (more !== undefined) for (const [column, value] of more()) row.set(column, value)
      this.loader.add(row)
    }
  }

  /** Whether an event of a source can matter. */
  private testFor(source: Source): EventTest {
    const before = this.tests.get(source)
    if (before !== undefined) return before
    const test = testOf(source, this.options.search)
    this.tests.set(source, test)
    return test
  }

  /** Makes the table. */
  async finish(): Promise<{ readonly events: Pipeline; readonly copies: number }> {
    const columns = await this.loader.finish()
    const has = (wanted: string): boolean => columns.some(({ name }) => name === wanted)
    const copies = has('$id') ? await this.dropCopies() : 0
    const newest = this.timed && has('_time') ? [{ value: column('_time', 'number'), descending: true }] : []
    return {
      events: {
        relation: { op: 'table', table: 'events', columns },
        order: [...newest, { value: column('$row', 'number'), descending: false }],
      },
      copies,
    }
  }

  /** Keeps the first of the copies of an event; gives the number of the others. */
  private async dropCopies(): Promise<number> {
    const id = this.database.columnOf('events', '$id')
    const first = sql`SELECT min(n) FROM events WHERE ${id} IS NOT NULL GROUP BY ${id}`
    return this.database.execute(
      sql`DELETE FROM ${name('events')} WHERE ${id} IS NOT NULL AND n NOT IN (${first})`,
    )
  }
}

function testOf(source: Source, { prefilter, logsource }: LanguageSearch): EventTest {
  if (logsource !== undefined && !source.answers(logsource)) return () => false
  const about = logsource === undefined ? undefined : source.about?.(logsource)
  const parts = [about, prefilter].filter(part => part !== undefined)
  return parts.length === 0 ? () => true : compile({ kind: 'and', of: parts })
}

/** UTC ms, from the search's own text before that of the command line. */
export function timeBounds({ from, to, search }: LoadOptions): {
  readonly from?: number
  readonly to?: number
} {
  const first = search.earliest === undefined ? from : search.earliest * 1000
  const end = search.latest === undefined ? to : search.latest * 1000
  return { ...(first === undefined ? {} : { from: first }), ...(end === undefined ? {} : { to: end }) }
}

function isOutside(time: number | undefined, options: LoadOptions): boolean {
  if (time === undefined) return false
  const { from, to } = timeBounds(options)
  return (from !== undefined && time < from) || (to !== undefined && time >= to)
}
