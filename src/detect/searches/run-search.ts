import type { Diagnostic } from '../../core/diagnostic.ts'
import type { NormalEvent } from '../../core/event.ts'
import type { Evidence } from '../../core/hit.ts'
import type { Database } from '../../engines/duckdb/database.ts'
import { drive } from '../../engines/duckdb/drive.ts'
import { hiddenColumns } from '../../engines/files/row-taker.ts'
import { columnNamed, extend, filter, finished, type Pipeline } from '../../plan/pipeline.ts'
import type { Cell, Named } from '../../plan/relation.ts'
import type { Scalar } from '../../plan/scalar.ts'
import { both, compare, either, number, text } from '../../plan/scalars.ts'
import { shownColumns } from '../../sql/print-relation.ts'
import { environmentOf, type Surroundings } from '../query/environment.ts'
import type { Approval } from './approval-tables.ts'
import type { PreparedSearch, SearchAround } from './prepare.ts'
import type { Window } from './windows.ts'

/** A row that a search gave. */
export interface FoundRow {
  readonly window: Window
  readonly values: ReadonlyMap<string, Cell>
  /** What the row is an event of the log. */
  readonly event?: { readonly event: NormalEvent; readonly evidence: Evidence }
  /** Of the event among all that were loaded. */
  readonly number?: number
  /** Those that did not hold, and would have kept it away. */
  readonly approvals?: readonly Approval[]
}

export interface WindowRun {
  readonly search: PreparedSearch
  readonly events: Pipeline
  readonly window: Window
  readonly around: Omit<SearchAround, 'lookups'> & Pick<Surroundings, 'lookups'>
  readonly unknown: Set<string>
  readonly note: (problem: Diagnostic) => void
}

/** Rows of one window that are looked at. */
const MOST_ROWS = 100_000

/** What is said of a window that has more rows. */
export const MORE_ROWS = 'search/rows'

/** Columns in which `$event` and the number of an event come out. */
const OUT = { event: ' event', number: ' number' } as const

/** The plan of a search over the events of one window; `now()` is its end. */
export function planWindow(
  { search, events, window, around, unknown, note }: WindowRun,
  database: Database,
): Promise<Pipeline> {
  const within = filtered(events, search, window)
  const surroundings = {
    now: window.to / 1000,
    ...(Number.isFinite(window.from) ? { earliest: window.from / 1000 } : {}),
    lookups: around.lookups,
    strict: around.settings.strict,
    ...(around.geo === undefined ? {} : { geo: around.geo }),
    note,
  }
  const environment = environmentOf(surroundings, within, unknown)
  return drive(search.search.lower(environment), database)
}

/** The rows of a window's plan. To be called before another is made. */
export async function rowsOfPlan(
  found: Pipeline,
  { window, note }: Pick<WindowRun, 'window' | 'note'>,
  database: Database,
): Promise<readonly FoundRow[]> {
  const relation = finished(extend(found, outColumns(found)))
  const names = shownColumns(relation).map(({ name }) => name)
  const rows = await database.first(relation, MOST_ROWS)
  if (rows.length === MOST_ROWS) {
    note({
      code: MORE_ROWS,
      severity: 'warning',
      message: `of the rows of a window the first ${MOST_ROWS} were taken`,
    })
  }
  return rows.map(cells => rowOf(names, cells, window))
}

function outColumns(found: Pipeline): readonly Named[] {
  const number = columnNamed(found, '$row')
  const event = columnNamed(found, hiddenColumns.event)
  if (number === undefined) return []
  return [
    { name: OUT.number, value: number },
    ...(event === undefined ? [] : [{ name: OUT.event, value: event }]),
  ]
}

function rowOf(names: readonly string[], cells: readonly Cell[], window: Window): FoundRow {
  const values = new Map(names.map((name, at) => [name, cells[at] ?? null]))
  const [number, told] = [values.get(OUT.number), values.get(OUT.event)]
  for (const name of Object.values(OUT)) values.delete(name)
  return {
    window,
    values,
    ...(typeof number === 'number' ? { number } : {}),
    ...(typeof told === 'string' ? { event: JSON.parse(told) as NonNullable<FoundRow['event']> } : {}),
  }
}

/** The events of the window, and of an earlier one that it is compared with; of the sources that the rule names. */
function filtered(events: Pipeline, { rule, search }: PreparedSearch, { from, to }: Window): Pipeline {
  const time = columnNamed(events, '_time')
  const source = columnNamed(events, hiddenColumns.source)
  const tests: Scalar[] = []
  if (rule.schedule !== undefined) {
    if (time === undefined) return filter(events, NEVER)
    const first = search.reachesTo?.(from / 1000, to / 1000) ?? from / 1000
    tests.push(compare('gte', time, number(first)), compare('lt', time, number(to / 1000)))
  }
  if (rule.sources !== undefined && source !== undefined)
    tests.push(either(...rule.sources.map(id => compare('eq', source, text(id)))))
  return tests.length === 0 ? events : filter(events, both(...tests))
}

const NEVER: Scalar = { kind: 'literal', value: false, type: 'boolean' }
