import type { Lowering } from '../../../plan/lowering.ts'
import { extend, group, type Pipeline, select } from '../../../plan/pipeline.ts'
import type { Aggregate, Named, Relation } from '../../../plan/relation.ts'
import type { Scalar } from '../../../plan/scalar.ts'
import { as, both, call, choose, column, compare, isNull, not, number, text } from '../../../plan/scalars.ts'
import { isOn, numberOf, optionOf } from '../reader.ts'
import type { Aggregation, Name, Option, Stages } from '../syntax/tree.ts'
import { lowerAggregations } from './aggregates.ts'
import { binned, timeBin, timeStep } from './bins.ts'
import { type Context, fieldOf, maybe, refuse, shown as visibleColumns } from './context.ts'
import { chosen } from './functions/conditions.ts'
import { grouped, oneValueEach, present } from './group.ts'
import { MOST_COLUMNS } from './pivots.ts'
import { spanSeconds, timeUnit, UNIT_SECONDS } from './relative-time.ts'

type Chart = Stages['chart'] | Stages['timechart']

/** What `chart` does: rows by the first field, columns by the second. */
export function* charted(stage: Stages['chart'], before: Pipeline, context: Context): Lowering<Pipeline> {
  refuseWhere(stage)
  const [row, split, ...rest] = stage.by
  if (rest.length > 0) return refuse('spl/arguments', 'chart takes two fields to go by', stage.at)
  if (row === undefined) return grouped(before, stage.aggregations, [], context)
  const rows = spanned(stage.options)
    ? yield* binned({ ...stage, kind: 'bin', field: row }, before, context)
    : before
  if (split === undefined) return grouped(rows, stage.aggregations, [row], context)
  return yield* pivot(stage, rows, { row, split, context })
}

function spanned(options: readonly Option[]): boolean {
  return ['span', 'bins'].some(name => optionOf(options, name) !== undefined)
}

/** What `timechart` does: rows by time, also where there is nothing, columns by a field. */
export function* timeCharted(
  stage: Stages['timechart'],
  before: Pipeline,
  context: Context,
): Lowering<Pipeline> {
  refuseWhere(stage)
  const { options, at } = stage
  const row: Name = { name: '_time', at }
  const time = as('number', fieldOf(before, row, context))
  const range = yield* rangeOf(before, time)
  const span = optionOf(options, 'span') ?? `${autoSpan(range, options)}s`
  const rows = extend(before, [{ name: '_time', value: timeBin(time, span, options, stage, context) }])
  const [split, ...rest] = stage.by
  if (rest.length > 0) return refuse('spl/arguments', 'timechart takes one field to go by', at)
  const aggregations = stage.aggregations.map(aggregation => perTime(aggregation))
  const made =
    split === undefined
      ? grouped(
          rows,
          aggregations.map(({ aggregation }) => aggregation),
          [row],
          context,
        )
      : yield* pivot({ ...stage, aggregations: aggregations.map(({ aggregation }) => aggregation) }, rows, {
          row,
          split,
          context,
        })
  const counts = (name: string): boolean => isCount(name, stage)
  const whole = isOn(options, 'cont', true) ? withGaps(made, { range, span, counts, stage }) : made
  return perSpan(whole, aggregations, spanSeconds(span) ?? 86_400)
}

const COUNTS = new Set(['count', 'c', 'dc', 'distinct_count'])

/** Is it a column of counts, which are 0 where there is nothing? */
function isCount(column: string, { aggregations, by }: Stages['timechart']): boolean {
  const names = aggregations
    .filter(({ fn }) => COUNTS.has(fn))
    .map(({ as: given, text: written }) => given?.name ?? written)
  if (by.length === 0) return names.includes(column)
  return aggregations.length === 1 ? names.length === 1 : names.some(name => column.startsWith(`${name}: `))
}

function refuseWhere({ where, at, kind }: Chart): void {
  if (where !== undefined)
    refuse('spl/unsupported-option', `the where clause of ${kind} is not supported here`, at)
}

interface Range {
  readonly least: number
  readonly most: number
}

function* rangeOf(rows: Pipeline, time: Scalar): Lowering<Range | undefined> {
  const bound = (name: 'least' | 'most', fn: 'min' | 'max'): Aggregate => ({
    name,
    fn,
    of: time,
    type: 'number',
  })
  const relation: Relation = {
    op: 'group',
    from: rows.relation,
    by: [],
    aggregates: [bound('least', 'min'), bound('most', 'max')],
  }
  const {
    rows: [found],
  } = yield { relation, limit: 1, why: 'the first and last time, for timechart' }
  const [least, most] = [found?.['least'], found?.['most']]
  return typeof least === 'number' && typeof most === 'number' ? { least, most } : undefined
}

function autoSpan(range: Range | undefined, options: readonly Option[]): number {
  const minspan = spanSeconds(optionOf(options, 'minspan') ?? '') ?? 0
  const length = range === undefined ? 0 : range.most - range.least
  return Math.max(timeStep(length, numberOf(options, 'bins', 100)), minspan)
}

interface PerTime {
  readonly aggregation: Aggregation
  /** Seconds that a sum is divided over. */
  readonly per?: number
}

const PER: Readonly<Record<string, number>> = {
  per_second: 1,
  per_minute: 60,
  per_hour: 3600,
  per_day: 86_400,
}

function perTime(aggregation: Aggregation): PerTime {
  const per = PER[aggregation.fn]
  return per === undefined ? { aggregation } : { aggregation: { ...aggregation, fn: 'sum' }, per }
}

function perSpan(rows: Pipeline, aggregations: readonly PerTime[], span: number): Pipeline {
  const columns = aggregations.flatMap(({ aggregation, per }): readonly Named[] => {
    const name = aggregation.as?.name ?? aggregation.text
    const value = maybe(rows, name)
    return per === undefined
      ? []
      : [{ name, value: call('divide', call('multiply', value, number(per)), number(span)) }]
  })
  return extend(rows, columns)
}

interface Axes {
  readonly row: Name
  readonly split: Name
  readonly context: Context
}

/** A column for each of the most frequent values of a field, one for the others and one for rows without it. */
function* pivot(stage: Chart, before: Pipeline, { row, split, context }: Axes): Lowering<Pipeline> {
  const { options } = stage
  const rows = oneValueEach(present(before, [row], context), [row, split])
  const value = as('text', fieldOf(rows, split, context))
  const { shown, more, none } = yield* titles(rows, value, stage, context)
  const single = stage.aggregations.length === 1
  const parts = columnsOf({ shown, more, none }, value, options)
  const aggregates: Aggregate[] = []
  const columns: Named[] = []
  for (const [at, aggregation] of stage.aggregations.entries()) {
    const made = lowerAggregations([aggregation], rows, context)
    for (const [place, { title, where }] of parts.entries()) {
      const rename = (name: string): string => `${name}_${at}_${place}`
      aggregates.push(
        ...made.aggregates.map(one => ({
          ...one,
          name: rename(one.name),
          where: one.where === undefined ? where : both(where, one.where),
        })),
      )
      for (const { name, value: of } of made.columns) {
        columns.push({ name: single ? title : `${name}: ${title}`, value: renamed(of, rename) })
      }
    }
  }
  const key = fieldOf(rows, row, context)
  const result = group(rows, [{ name: row.name, value: key }], aggregates)
  return select(result, [{ name: row.name, value: column(row.name, key.type) }, ...columns])
}

interface Part {
  readonly title: string
  readonly where: Scalar
}

function columnsOf(
  { shown, more, none: missing }: Titles,
  value: Scalar,
  options: readonly Option[],
): readonly Part[] {
  const is = (title: string): Scalar => compare('eq', value, text(title), { how: 'text' })
  const parts = shown.map((title): Part => ({ title, where: is(title) }))
  const listed = call('list_contains', call('list_of', ...shown.map(title => text(title))), value)
  const others: Part = { title: optionOf(options, 'otherstr') ?? 'OTHER', where: not(listed) }
  const none: Part = { title: optionOf(options, 'nullstr') ?? 'NULL', where: isNull(value) }
  return [
    ...parts,
    ...(more && isOn(options, 'useother', true) ? [others] : []),
    ...(missing && isOn(options, 'usenull', true) ? [none] : []),
  ]
}

interface Titles {
  readonly shown: readonly string[]
  /** There are others. */
  readonly more: boolean
  /** There are rows without a value. */
  readonly none: boolean
}

/** The values with the largest sums of the first aggregate, by name; ten unless told otherwise. */
function* titles(rows: Pipeline, value: Scalar, stage: Chart, context: Context): Lowering<Titles> {
  const [first] = stage.aggregations
  const limit = limitOf(stage)
  const made = first === undefined ? undefined : lowerAggregations([first], rows, context)
  const score = made?.columns[0]?.value ?? number(0)
  const counted = group(rows, [{ name: 'value', value }], made?.aggregates ?? [])
  const scored = extend(counted, [{ name: '$score', value: as('number', score) }])
  const relation: Relation = {
    op: 'limit',
    from: scored.relation,
    orderBy: [
      { value: choose(isNull(column('value', 'text')), number(0), number(1)), descending: false },
      { value: column('$score', 'number'), descending: limit.best },
      { value: column('value', 'text'), descending: false },
    ],
    count: limit.count + 2,
  }
  const answer = yield { relation, limit: limit.count + 2, why: `values of a field for ${stage.kind}` }
  const found = answer.rows.flatMap(row => (row['value'] === null ? [] : [String(row['value'])]))
  return {
    shown: found.slice(0, limit.count).sort(),
    more: found.length > limit.count,
    none: found.length < answer.rows.length,
  }
}

function limitOf({ options, at }: Chart): { readonly count: number; readonly best: boolean } {
  const found = /^(top|bottom)?(\d{1,4})$/i.exec(optionOf(options, 'limit') ?? '10')
  if (found === null)
    return refuse('spl/option-value', `"${optionOf(options, 'limit')}" is no value of limit`, at)
  const count = Number(found[2])
  return {
    count: count === 0 ? MOST_COLUMNS : Math.min(count, MOST_COLUMNS),
    best: found[1]?.toLowerCase() !== 'bottom',
  }
}

function renamed(value: Scalar, rename: (name: string) => string): Scalar {
  if (value.kind === 'column') return { ...value, name: rename(value.name) }
  return value.kind === 'call' ? { ...value, args: value.args.map(arg => renamed(arg, rename)) } : value
}

interface Gaps {
  readonly range: Range | undefined
  readonly span: string
  readonly counts: (column: string) => boolean
  readonly stage: Stages['timechart']
}

/** Steps of time that a chart has at most. */
const MOST_STEPS = 10_000

/** A row for each step of time; counts are 0 where there is nothing. */
function withGaps(rows: Pipeline, { range, span, counts, stage }: Gaps): Pipeline {
  const unit = timeUnit(span.replace(/^[\d.]+/, ''))
  const step = spanSeconds(span)
  if (range === undefined || step === undefined || unit === undefined || UNIT_SECONDS[unit] === undefined)
    return rows
  if (optionOf(stage.options, 'aligntime') !== undefined) return rows
  const shift = unit === 'week' ? 4 * 86_400 : 0
  const first = Math.floor((range.least + shift) / step) * step - shift
  const steps = Math.floor((range.most - first) / step) + 1
  if (steps > MOST_STEPS)
    return refuse('spl/rows', `timechart would make ${steps} rows`, stage.at, 'choose a longer span')
  const times: Relation = {
    op: 'rows',
    columns: [{ name: '$time', type: 'number' }],
    rows: Array.from({ length: steps }, (_, at) => [first + at * step]),
  }
  const on = compare('eq', column('$time', 'number'), maybe(rows, '_time'), { how: 'number' })
  const joined: Relation = { op: 'join', how: 'left', left: times, right: rows.relation, on }
  const order = [{ value: column('$time', 'number'), descending: false }]
  const columns = visibleColumns(rows).map(({ name, value }): Named => {
    if (name === '_time') return { name, value: column('$time', 'number') }
    return {
      name,
      value:
        counts(name) && value.type === 'number' ? chosen([[not(isNull(value)), value]], number(0)) : value,
    }
  })
  return select({ relation: joined, order }, columns)
}
