import type { Lowering } from '../../../plan/lowering.ts'
import { extend, filter, type Pipeline } from '../../../plan/pipeline.ts'
import type { Named } from '../../../plan/relation.ts'
import type { Scalar } from '../../../plan/scalar.ts'
import { as, both, call, compare, number } from '../../../plan/scalars.ts'
import { isOn, numberOf, optionOf } from '../options.ts'
import type { Aggregation, Name, Option, Stages } from '../syntax/tree.ts'
import { timeBin, timeStep } from './bins.ts'
import { pivot } from './chart-columns.ts'
import { type Context, fieldOf, maybe, refuse, type SearchWindow } from './context.ts'
import { grouped } from './group.ts'
import { spanSeconds } from './relative-time.ts'
import { isTooLong, type Stretch, stretchOf, withGaps } from './time-gaps.ts'

type Stage = Stages['timechart']

/** What `timechart` does: rows by time, also where there is nothing, columns by a field. */
export function* timeCharted(stage: Stage, before: Pipeline, context: Context): Lowering<Pipeline> {
  const { options, at } = stage
  const row: Name = { name: '_time', at }
  const time = as('number', fieldOf(before, row, context))
  const found = yield* stretchOf(before, time, 'timechart')
  const wide = isOn(options, 'fixedrange', true) ? searched(found, context.window) : found
  const span = optionOf(options, 'span') ?? `${autoSpan(wide, options)}s`
  const rows = extend(before, [{ name: '_time', value: timeBin(time, span, options, stage, context) }])
  const [split, ...rest] = stage.by
  if (rest.length > 0) return refuse('spl/arguments', 'timechart takes one field to go by', at)
  const summed: Stage = { ...stage, aggregations: stage.aggregations.map(asSum) }
  const seconds = spanSeconds(span) ?? 86_400
  const scaled = (aggregation: Aggregation, value: Scalar): Scalar => perTime(aggregation, value, seconds)
  const made =
    split === undefined
      ? eachPerTime(grouped(rows, summed.aggregations, [row], context), summed.aggregations, scaled)
      : yield* pivot(summed, rows, { row, split, context, scaled })
  const filled = isOn(options, 'cont', true)
    ? withGaps(made, {
        stretch: shortened(wide, found, span, { at, context }),
        span,
        counts: name => isCount(name, stage),
        stage,
      })
    : made
  return isOn(options, 'partial', true) ? filled : wholeSteps(filled, spanSeconds(span), stage, context)
}

/** With the time that the search's own text speaks of, where no event has to be. */
function searched(found: Stretch | undefined, { written }: SearchWindow): Stretch | undefined {
  const { earliest = 0, latest } = written
  // All time begins with the first event.
  const least = earliest > 1 ? earliest : found?.least
  const most = latest === undefined ? found?.most : latest - SHORT
  return least === undefined || most === undefined || most < least ? found : { least, most }
}

/** Only the time from the first to the last event, if in that of the search there would be too many steps. */
function shortened(
  wide: Stretch | undefined,
  found: Stretch | undefined,
  span: string,
  { at, context }: { readonly at: Stage['at']; readonly context: Context },
): Stretch | undefined {
  if (wide === undefined || found === undefined || !isTooLong(wide, span)) return wide
  const message = `steps of ${span} before the first and after the last event are left out: there would be too many`
  context.environment.note({ code: 'spl/steps', severity: 'warning', message, at })
  return found
}

/** `latest` is not in the time of the search. */
const SHORT = 0.001

/** The steps that lie in the time that the search's own text speaks of; where it does not, no data tells what is whole. */
function wholeSteps(
  rows: Pipeline,
  seconds: number | undefined,
  { at }: Stage,
  { environment, window }: Context,
): Pipeline {
  const { earliest, latest } = window.written
  if (earliest === undefined || latest === undefined || seconds === undefined) {
    const message = 'the first and the last step of the timechart stay, though partial=f may leave them out'
    environment.note({ code: 'spl/partial', severity: 'warning', message, at })
    return rows
  }
  const start = as('number', maybe(rows, '_time'))
  const end = call('add', start, number(seconds))
  return filter(rows, both(compare('gte', start, number(earliest)), compare('lte', end, number(latest))))
}

const COUNTS = new Set(['count', 'c', 'dc', 'distinct_count'])

/** Is it a column of counts, which are 0 where there is nothing? */
function isCount(column: string, { aggregations, by, options }: Stage): boolean {
  const names = aggregations
    .filter(({ fn }) => COUNTS.has(fn))
    .map(({ as: given, text: written }) => given?.name ?? written)
  if (by.length === 0) return names.includes(column)
  const sep = optionOf(options, 'sep') ?? ': '
  return aggregations.length === 1
    ? names.length === 1
    : names.some(name => column.startsWith(`${name}${sep}`))
}

function autoSpan(stretch: Stretch | undefined, options: readonly Option[]): number {
  const minspan = spanSeconds(optionOf(options, 'minspan') ?? '') ?? 0
  const length = stretch === undefined ? 0 : stretch.most - stretch.least
  return Math.max(timeStep(length, numberOf(options, 'bins', 100)), minspan)
}

/** Seconds that a sum is shown for. */
const PER: Readonly<Record<string, number>> = {
  per_second: 1,
  per_minute: 60,
  per_hour: 3600,
  per_day: 86_400,
}

/** `per_hour` and its like are sums, which keep their text to be known by. */
function asSum(aggregation: Aggregation): Aggregation {
  return PER[aggregation.fn] === undefined ? aggregation : { ...aggregation, fn: 'sum' }
}

function perTime({ text }: Aggregation, value: Scalar, span: number): Scalar {
  const per = PER[/^\w+/.exec(text)?.[0].toLowerCase() ?? '']
  return per === undefined ? value : call('divide', call('multiply', value, number(per)), number(span))
}

function eachPerTime(
  rows: Pipeline,
  aggregations: readonly Aggregation[],
  scaled: (aggregation: Aggregation, value: Scalar) => Scalar,
): Pipeline {
  const columns = aggregations.flatMap((aggregation): readonly Named[] => {
    const name = aggregation.as?.name ?? aggregation.text
    const before = maybe(rows, name)
    const value = scaled(aggregation, before)
    return value === before ? [] : [{ name, value }]
  })
  return extend(rows, columns)
}
