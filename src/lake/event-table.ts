import type { Field } from '../plan/expr.ts'
import { type EventTable, type FieldPlace, type JsonPlace, plainSteps } from '../sql/event-table.ts'
import { name, quote, type Sql, sql } from '../sql/sql.ts'
import { isPlain, type KnownFields } from './known-fields.ts'

/** Where conditions find the fields of a lake's events. */
export function eventTable(known: KnownFields): EventTable {
  return { raw: sql`raw`, place: field => placeOf(field, known) }
}

function placeOf(field: Field, known: KnownFields): FieldPlace {
  const { name: wanted, path } = field
  if (known.fields?.has(wanted) === false) return { kind: 'nowhere' }
  if (!isPlain(field, known)) return inRaw(path, known)
  const own = known.table.promoted.find(promoted => promoted.name === wanted)
  const whole: JsonPlace = { kind: 'json', from: sql`raw`, steps: plainSteps(path) }
  if (own !== undefined) {
    const text = name(own.column)
    return known.exceptions.has(wanted)
      ? { kind: 'column', text, other: { when: isException(wanted), place: whole } }
      : { kind: 'column', text }
  }
  const part = known.table.parts.find(
    ({ path: before }) => before.length === 1 && path.length > 1 && before[0] === path[0],
  )
  if (part === undefined) return whole
  return { kind: 'json', from: name(part.column), steps: plainSteps(path.slice(1)) }
}

function isException(field: string): Sql {
  const path = quote(`$."${field}"`)
  return sql`(exceptions IS NOT NULL AND json_exists(exceptions, ${path}))`
}

/** More ways to read a name than this are not tried. */
const MOST_WAYS = 40

/** Every run of the path's parts that may be a key with dots is tried, the longest first, as the scan does. */
function inRaw(path: readonly string[], { dotted }: KnownFields): FieldPlace {
  const isKey = (from: number, end: number): boolean =>
    end === from + 1 || dotted === undefined || dotted.has(path.slice(0, end).join('.'))
  const steps = path.map((_, from) =>
    path
      .map((_, at) => at + 1)
      .filter(end => end > from && isKey(from, end))
      .map(end => ({ key: path.slice(from, end).join('.'), next: end }))
      .reverse(),
  )
  if (waysThrough(steps) > MOST_WAYS)
    return { kind: 'unknown', reason: 'the name can be read in too many ways' }
  return { kind: 'json', from: sql`raw`, steps }
}

function waysThrough(steps: JsonPlace['steps']): number {
  const ways = new Array<number>(steps.length + 1).fill(1)
  for (let at = steps.length - 1; at >= 0; at--)
    ways[at] = (steps[at] ?? []).reduce((sum, { next }) => sum + (ways[next] ?? 0), 0)
  return ways[0] ?? 0
}
