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
import { spanSeconds, timeUnit, UNIT_SECONDS } from './relative-time.ts'

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

/** A row for each step of time; counts are 0 where there is nothing. */
export function withGaps(rows: Pipeline, { stretch, span, counts, stage }: Gaps): Pipeline {
  const unit = timeUnit(span.replace(/^[\d.]+/, ''))
  const step = spanSeconds(span)
  if (stretch === undefined || step === undefined || unit === undefined || UNIT_SECONDS[unit] === undefined)
    return rows
  if (optionOf(stage.options, 'aligntime') !== undefined) return rows
  const shift = unit === 'week' ? 4 * 86_400 : 0
  const first = Math.floor((stretch.least + shift) / step) * step - shift
  return everyStep(rows, { name: '_time', first, last: stretch.most, step, at: stage.at }, counts)
}

export interface Steps {
  /** The column that the rows go by. */
  readonly name: string
  readonly first: number
  readonly last: number
  readonly step: number
  readonly at: Span
}

/** A row for each step of a column; where there is none, counts are 0 and the rest is missing. */
export function everyStep(rows: Pipeline, steps: Steps, counts: (column: string) => boolean): Pipeline {
  const { name, first, last, step, at } = steps
  const count = Math.floor((last - first) / step) + 1
  if (count > MOST_STEPS)
    return refuse(
      'spl/rows',
      `there would be ${count} rows`,
      at,
      `choose a longer span: ${MOST_STEPS} is the most`,
    )
  const own = freshName(rows, 'step')
  const time = column(own, 'number')
  const times: Relation = {
    op: 'rows',
    columns: [{ name: own, type: 'number' }],
    rows: Array.from({ length: count }, (_, place) => [first + place * step]),
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
