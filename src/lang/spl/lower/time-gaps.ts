import type { Span } from '../../../core/diagnostic.ts'
import type { Lowering } from '../../../plan/lowering.ts'
import { type Pipeline, select } from '../../../plan/pipeline.ts'
import type { Aggregate, Named, Relation } from '../../../plan/relation.ts'
import type { Scalar } from '../../../plan/scalar.ts'
import { column, compare, isNull, not, number } from '../../../plan/scalars.ts'
import { optionOf } from '../options.ts'
import type { Option } from '../syntax/tree.ts'
import { freshName, maybe, refuse, shown } from './context.ts'
import { chosen } from './functions/conditions.ts'
import { MONTHS, spanSeconds, timeUnit } from './relative-time.ts'

/** The least and the most of a column. */
export interface Stretch {
  readonly least: number
  readonly most: number
}

/** Asks for them; undefined if there is no value at all. */
export function* stretchOf(rows: Pipeline, value: Scalar, command: string): Lowering<Stretch | undefined> {
  const bound = (name: 'least' | 'most', fn: 'min' | 'max'): Aggregate => {
    return { name, fn, of: value, type: 'number' }
  }
  const aggregates = [bound('least', 'min'), bound('most', 'max')]
  const relation: Relation = { op: 'group', from: rows.relation, by: [], aggregates }
  const answer = yield { relation, limit: 1, why: `the first and last value, for ${command}` }
  const [found] = answer.rows
  const [least, most] = [found?.['least'], found?.['most']]
  return typeof least === 'number' && typeof most === 'number' ? { least, most } : undefined
}

export interface Gaps {
  readonly stretch: Stretch | undefined
  readonly span: string
  readonly counts: (column: string) => boolean
  readonly stage: { readonly options: readonly Option[]; readonly at: Span }
}

/** Steps of time that a chart has at most. */
const MOST_STEPS = 10_000

/** Are there more steps of a span in it than a chart may have? Steps of months are never so many. */
export function isTooLong({ least, most }: Stretch, span: string): boolean {
  const step = spanSeconds(/^[\d.]*[a-z]+/i.exec(span)?.[0] ?? '')
  return step !== undefined && Math.floor(most / step) - Math.floor(least / step) >= MOST_STEPS
}

/** A row for each step of time; counts are 0 where there is nothing. */
export function withGaps(rows: Pipeline, { stretch, span, counts, stage }: Gaps): Pipeline {
  const starts = stretch === undefined ? undefined : startsOf(stretch, span, stage.at)
  if (starts === undefined || optionOf(stage.options, 'aligntime') !== undefined) return rows
  return everyStep(rows, { name: '_time', starts }, counts)
}

/** Where the steps of a stretch begin; unknown for spans whose steps are not known here. */
function startsOf({ least, most }: Stretch, span: string, at: Span): readonly number[] | undefined {
  const [amount = '', name = '', snap] = /^([\d.]*)([a-z]+)(?:@w?(\d?).*)?$/i.exec(span)?.slice(1) ?? []
  const unit = timeUnit(name)
  const months = unit === undefined ? undefined : MONTHS[unit]
  if (months !== undefined) return monthStarts({ least, most }, Math.floor(Number(amount || 1) * months), at)
  const step = spanSeconds(amount + name)
  if (step === undefined) return undefined
  const shift = unit === 'week' ? (4 - Number(snap || 0)) * 86_400 : 0
  return stepsOf({ first: Math.floor((least + shift) / step) * step - shift, last: most, step, at })
}

function monthStarts({ least, most }: Stretch, months: number, at: Span): readonly number[] {
  const since = (time: number): number => {
    const date = new Date(time * 1000)
    return (date.getUTCFullYear() - 1970) * 12 + date.getUTCMonth()
  }
  const first = Math.floor(since(least) / months) * months
  return stepsOf({ first, last: since(most), step: months, at }).map(month => Date.UTC(1970, month) / 1000)
}

export interface Steps {
  readonly first: number
  readonly last: number
  readonly step: number
  readonly at: Span
}

/** The beginnings of steps; refused if there are too many. */
export function stepsOf({ first, last, step, at }: Steps): readonly number[] {
  const count = Math.floor((last - first) / step) + 1
  if (count > MOST_STEPS)
    return refuse(
      'spl/rows',
      `there would be ${count} rows`,
      at,
      `choose a longer span: ${MOST_STEPS} is the most`,
    )
  return Array.from({ length: Math.max(0, count) }, (_, place) => first + place * step)
}

/** A row for each start of a step in a column; where there is none, counts are 0 and the rest is missing. */
export function everyStep(
  rows: Pipeline,
  { name, starts }: { readonly name: string; readonly starts: readonly number[] },
  counts: (column: string) => boolean,
): Pipeline {
  const own = freshName(rows, 'step')
  const time = column(own, 'number')
  const times: Relation = {
    op: 'rows',
    columns: [{ name: own, type: 'number' }],
    rows: starts.map(start => [start]),
  }
  const on = compare('eq', time, maybe(rows, name), { how: 'number' })
  const relation: Relation = { op: 'join', how: 'left', left: times, right: rows.relation, on }
  const columns = shown(rows).map((one): Named => {
    if (one.name === name) return { name, value: time }
    const zero = counts(one.name) && one.value.type === 'number'
    return zero ? { ...one, value: chosen([[not(isNull(one.value)), one.value]], number(0)) } : one
  })
  return select({ relation, order: [{ value: time, descending: false }] }, columns)
}
