import { hash } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import type { Evidence } from '../../core/hit.ts'
import type { Database } from '../../engines/duckdb/database.ts'
import type { InputFile } from '../../engines/files/list.ts'
import { type FoundEvent, readEvents } from '../../engines/files/read-events.ts'
import type { Expr } from '../../plan/expr.ts'
import type { Search } from '../../plan/lowering.ts'
import type { Pipeline } from '../../plan/pipeline.ts'
import { resources } from '../inputs.ts'
import type { ScanOptions } from '../options.ts'
import { EventLoader } from '../query/event-loader.ts'
import type { FieldStyle } from '../query/event-row.ts'
import type { PreparedSearch } from './prepare.ts'

/** Hidden columns of the events: the id of their source, and what a finding tells of one. */
export const SOURCE = '$source'
export const EVENT = '$event'

/** Reads files once and loads those events that can matter to one of the searches, which share a style. */
export async function loadEvents(
  files: readonly InputFile[],
  searches: readonly PreparedSearch[],
  style: FieldStyle,
  options: ScanOptions,
  database: Database,
): Promise<Pipeline> {
  const { maxUnpacked, stop, from, to } = options
  const { maxRecord, chunk } = resources
  const search = together(searches.map(one => one.search))
  const bounds = { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) }
  const loader = new EventLoader({ style, search, ...bounds }, database)
  const wanted = sourcesOf(searches)
  // Only rows that are events need to tell of one.
  const tells = searches.some(one => one.search.wish.all)
  const take = (found: FoundEvent): void => {
    const { id } = found.source
    if (wanted?.has(id) === false) return
    loader.add(found, () => [[SOURCE, id], ...(tells ? [[EVENT, told(found)] as const] : [])])
  }
  const goOn = (): boolean => Atomics.load(stop, 0) === 0
  for (const file of files) {
    if (!goOn()) break
    await readEvents(file, { maxUnpacked, maxRecord, chunk, goOn }, take)
    await setImmediate()
  }
  return (await loader.finish()).events
}

/** What an event is to a finding, as JSON. */
function told({ source, record, text, file, number }: FoundEvent): string {
  const event = source.normalise(record)
  const evidence: Evidence = {
    event_id: event.id ?? '',
    event_time: event.timeText ?? '',
    file,
    record: number,
    sha256: hash('sha256', text),
  }
  return JSON.stringify({ event, evidence })
}

/** What all searches together wish for; nobody lowers it. */
function together(searches: readonly Search[]): Search {
  const filters = searches.flatMap(({ prefilter }) => prefilter ?? [])
  const either: Expr = { kind: 'or', of: filters }
  return {
    wish: {
      names: new Set(searches.flatMap(({ wish }) => [...wish.names])),
      all: searches.some(({ wish }) => wish.all),
    },
    ...(filters.length < searches.length ? {} : { prefilter: either }),
    // biome-ignore lint/correctness/useYield: nobody lowers it
    *lower() {
      throw new Error('bug: this search is only for loading')
    },
  }
}

/** Undefined if one of them reads all sources. */
function sourcesOf(searches: readonly PreparedSearch[]): ReadonlySet<string> | undefined {
  const named = searches.map(({ rule }) => rule.sources)
  return named.some(one => one === undefined) ? undefined : new Set(named.flatMap(one => one ?? []))
}
