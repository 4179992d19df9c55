import type { Lowering } from '../../../plan/lowering.ts'
import { columnNamed, extend, type Pipeline } from '../../../plan/pipeline.ts'
import type { Relation } from '../../../plan/relation.ts'
import type { Scalar } from '../../../plan/scalar.ts'
import { as, call, isNull, not, number, text } from '../../../plan/scalars.ts'
import { optionOf } from '../options.ts'
import type { Option, Stages } from '../syntax/tree.ts'
import { type Context, fieldOf, refuse } from './context.ts'
import { chosen } from './functions/conditions.ts'
import { snapped } from './functions/times.ts'
import { MONTHS, moment, spanSeconds, timeUnit } from './relative-time.ts'

/** What `bin` does: times go down to a multiple of the span, numbers become the texts of their ranges. */
export function* binned(stage: Stages['bin'], rows: Pipeline, context: Context): Lowering<Pipeline> {
  const { field, options } = stage
  const value = fieldOf(rows, field, context)
  const name = stage.as?.name ?? field.name
  const span = optionOf(options, 'span')
  if (span !== undefined && isTimeSpan(span, field.name)) {
    const time = as('number', value)
    const start = timeBin(time, span, options, stage, context)
    const kept = value.type === 'number' ? start : chosen([[not(isNull(start)), start]], value)
    return extend(rows, [{ name, value: kept }])
  }
  if (span !== undefined && /^(\d*\.?\d*)?log\d*\.?\d*$/i.test(span)) {
    const range = logarithmic(as('number', value), span)
    return extend(rows, [{ name, value: chosen([[not(isNull(range)), range]], value) }])
  }
  const range = yield* rangeOf(rows, as('number', value), stage)
  if (field.name === '_time')
    return extend(rows, [{ name, value: autoTime(as('number', value), range, options) }])
  const step = span === undefined ? niceStep(range, options) : Number(span)
  if (!(step > 0))
    return refuse('spl/span', `"${span}" is no span`, stage.at, 'it is written like 5m, 1h or 10')
  const keep = isNull(as('number', value))
  return extend(rows, [{ name, value: chosen([[not(keep), labelled(as('number', value), step)]], value) }])
}

function isTimeSpan(span: string, field: string): boolean {
  if (SUBSECOND.test(span)) return true
  return /^\d*[a-z]/i.test(span)
    ? timeUnit(span.replace(/^[\d.]+/, '').replace(/@.*/, '')) !== undefined
    : field === '_time'
}

const SUBSECOND = /^(\d*)(us|ms|cs|ds)$/i

/** So many of them are a second. */
const PARTS: Readonly<Record<string, number>> = { us: 1_000_000, ms: 1000, cs: 100, ds: 10 }

/** Counted in parts of a second, since such a span is seldom a binary fraction. */
function subsecondBin(time: Scalar, [, amount, unit = 'ms']: RegExpExecArray): Scalar {
  const parts = number(PARTS[unit.toLowerCase()] ?? 1000)
  const whole = call('round', call('multiply', time, parts), number(3))
  return call('divide', call('floor_time', whole, number(Number(amount || 1))), parts)
}

/** Down to the first of a month, the months since 1970 being a multiple of so many. */
function monthBin(time: Scalar, months: number): Scalar {
  const part = (code: string): Scalar => as('number', call('format_time', time, text(code)))
  const years = call('multiply', call('subtract', part('%Y'), number(1970)), number(12))
  const since = call('add', years, call('subtract', part('%-m'), number(1)))
  return call('months_later', number(0), call('floor_time', since, number(months)))
}

/** `_time` down to a multiple of the `span` among the options of a stage, if it has one. */
export function timesBySpan(
  rows: Pipeline,
  stage: { readonly options: readonly Option[]; readonly at: Stages['bin']['at'] },
  context: Context,
): Pipeline {
  const span = optionOf(stage.options, 'span')
  const time = columnNamed(rows, '_time')
  if (span === undefined || time === undefined) return rows
  return extend(rows, [{ name: '_time', value: timeBin(time, span, stage.options, stage, context) }])
}

/** Down to a multiple of a span; spans of a day and more begin at midnight, weeks on Sunday. */
export function timeBin(
  time: Scalar,
  span: string,
  options: readonly Option[],
  { at }: { readonly at: Stages['bin']['at'] },
  context: Context,
): Scalar {
  const small = SUBSECOND.exec(span)
  if (small !== null) return subsecondBin(time, small)
  const [amount = '', unitName = ''] = /^([\d.]*)([a-z]*)/i.exec(span)?.slice(1) ?? []
  const unit = unitName === '' ? 'second' : timeUnit(unitName)
  const count = Number(amount === '' ? 1 : amount)
  const seconds = spanSeconds(unitName === '' ? `${amount}s` : `${amount}${unitName}`)
  if (unit === undefined || !(count > 0)) return refuse('spl/span', `"${span}" is no span`, at)
  if (unit === 'month' || unit === 'quarter' || unit === 'year') {
    return count === 1
      ? snapped(time, { unit, day: 0 })
      : monthBin(time, Math.max(1, Math.floor(count * (MONTHS[unit] ?? 1))))
  }
  if (unit === 'week' && count === 1)
    return snapped(time, { unit, day: Number(/@w(\d)$/i.exec(span)?.[1] ?? 0) % 7 })
  if (seconds === undefined) return refuse('spl/span', `"${span}" is no span`, at)
  const align = unit === 'day' || unit === 'week' ? undefined : optionOf(options, 'aligntime')
  const start = align === undefined ? undefined : alignment(align, context)
  if (align !== undefined && start === undefined)
    return refuse('spl/span', `"${align}" is no time to align to`, at)
  const shift = (start ?? 0) % seconds
  if (shift === 0) return call('floor_time', time, number(seconds))
  return call(
    'add',
    call('floor_time', call('subtract', time, number(shift)), number(seconds)),
    number(shift),
  )
}

/** A time, or that of the window's beginning or end. */
function alignment(text: string, { environment, window }: Context): number | undefined {
  if (text === 'earliest') return window.earliest
  return text === 'latest' ? window.latest : moment(text, environment.now)
}

interface Range {
  readonly least: number
  readonly most: number
}

function* rangeOf(rows: Pipeline, value: Scalar, { options }: Stages['bin']): Lowering<Range> {
  const relation: Relation = {
    op: 'group',
    from: rows.relation,
    by: [],
    aggregates: [
      { name: 'least', fn: 'min', of: value, type: 'number' },
      { name: 'most', fn: 'max', of: value, type: 'number' },
    ],
  }
  const { rows: found } = yield { relation, limit: 1, why: 'the range of values, for bin' }
  const least = Number(optionOf(options, 'start') ?? found[0]?.['least'] ?? 0)
  const most = Number(optionOf(options, 'end') ?? found[0]?.['most'] ?? 0)
  return {
    least: Math.min(least, Number(found[0]?.['least'] ?? least)),
    most: Math.max(most, Number(found[0]?.['most'] ?? most)),
  }
}

/** The smallest power of ten that makes no more than the wanted number of ranges. */
function niceStep({ least, most }: Range, options: readonly Option[]): number {
  const minspan = Number(optionOf(options, 'minspan') ?? 0)
  const bins = Math.max(2, Number(optionOf(options, 'bins') ?? 100))
  let step = 10 ** Math.floor(Math.log10(Math.max((most - least) / bins, 1e-9)))
  while (Math.floor(most / step) - Math.floor(least / step) + 1 > bins || step < minspan) step *= 10
  return Number(step.toPrecision(1))
}

/** Spans that a time axis is cut into when none is given. */
const TIME_STEPS = [1, 5, 10, 30, 60, 300, 600, 1800, 3600, 14_400, 43_200, 86_400, 604_800, 2_592_000]

/** The smallest usual span that makes no more than so many steps of a stretch of time. */
export function timeStep(seconds: number, bins: number): number {
  return TIME_STEPS.find(step => seconds / step <= bins) ?? 31_536_000
}

function autoTime(time: Scalar, { least, most }: Range, options: readonly Option[]): Scalar {
  const bins = Number(optionOf(options, 'bins') ?? 100)
  const minspan = spanSeconds(optionOf(options, 'minspan') ?? '') ?? 0
  return call('floor_time', time, number(Math.max(timeStep(most - least, bins), minspan)))
}

/** `10-20`: from a multiple of the step up to the next. */
function labelled(value: Scalar, step: number): Scalar {
  const digits =
    (/\.(\d+)$/.exec(String(step))?.[1] ?? '').length || Math.max(0, -Math.floor(Math.log10(step)))
  const low = call(
    'round',
    call('multiply', call('floor', call('divide', value, number(step))), number(step)),
    number(digits),
  )
  return call('concat', low, text('-'), call('round', call('add', low, number(step)), number(digits)))
}

/** `2log10`: ranges between the powers of a base, times a coefficient. */
function logarithmic(value: Scalar, span: string): Scalar {
  const found = /^([\d.]*)log([\d.]*)$/i.exec(span)
  const times = Number(found?.[1] || 1)
  const base = Number(found?.[2] || 10)
  const log = call('divide', call('logarithm', call('divide', value, number(times))), number(Math.log(base)))
  const power = call('floor', call('add', log, number(1e-9)))
  const low = call('multiply', call('power', number(base), power), number(times))
  return call('concat', low, text('-'), call('multiply', low, number(base)))
}
