import type { Span } from '../../../core/diagnostic.ts'
import type { Lowering } from '../../../plan/lowering.ts'
import { extend, type Pipeline } from '../../../plan/pipeline.ts'
import type { Cell } from '../../../plan/relation.ts'
import { as, call, column, number } from '../../../plan/scalars.ts'
import { numberOf, optionOf } from '../options.ts'
import type { Stages } from '../syntax/tree.ts'
import { timeStep } from './bins.ts'
import { type Context, fieldOf, refuse } from './context.ts'
import { moment, spanSeconds } from './relative-time.ts'
import { everyStep, stepsOf, stretchOf } from './time-gaps.ts'

/** What `makecontinuous` does: a row for each step of a field, also where there is nothing. */
export function* continuous(
  { field, options, at }: Stages['makecontinuous'],
  rows: Pipeline,
  context: Context,
): Lowering<Pipeline> {
  const value = as('number', fieldOf(rows, field, context))
  const stretch = yield* stretchOf(rows, value, 'makecontinuous')
  if (stretch === undefined) return rows
  const span = optionOf(options, 'span')
  const step =
    span === undefined ? stepOf(stretch.most - stretch.least, field.name, options) : stepSeconds(span)
  if (step === undefined || !(step > 0))
    return refuse('spl/span', `"${span ?? ''}" is no span`, at, 'it is written like 5m, 1h or 10')
  const first = Math.floor(numberOf(options, 'start', stretch.least) / step) * step
  const last = numberOf(options, 'end', stretch.most)
  const floored = extend(rows, [{ name: field.name, value: call('floor_time', value, number(step)) }])
  return everyStep(floored, { name: field.name, starts: stepsOf({ first, last, step, at }) }, () => false)
}

function stepSeconds(span: string): number | undefined {
  return /^\d+(\.\d+)?$/.test(span) ? Number(span) : spanSeconds(span)
}

function stepOf(length: number, field: string, options: Stages['makecontinuous']['options']): number {
  const bins = numberOf(options, 'bins', 100)
  if (field === '_time') return timeStep(length, bins)
  return Math.max(10 ** Math.ceil(Math.log10(Math.max(length / bins, 1e-9))), length <= bins ? 1 : 0)
}

/** Ranges that are made at most. */
const MOST = 10_000

/** What `gentimes` does: ranges of time from one day to another, a day long unless told otherwise. */
export function generatedTimes({ options, at }: Stages['gentimes'], { environment }: Context): Pipeline {
  const { now } = environment
  const start = day(optionOf(options, 'start') ?? '', now, at, 'start')
  const end = optionOf(options, 'end')
  const last = end === undefined ? Math.floor(now / 86_400) * 86_400 : day(end, now, at, 'end')
  const increment = spanSeconds(optionOf(options, 'increment') ?? '1d')
  if (increment === undefined || !(increment > 0))
    return refuse(
      'spl/span',
      `"${optionOf(options, 'increment')}" is no span`,
      at,
      'it is written like 1d or 6h',
    )
  const count = Math.max(0, Math.ceil((last - start) / increment))
  if (count > MOST) return refuse('spl/rows', `gentimes makes at most ${MOST} rows`, at)
  const columns = [
    { name: '$row', type: 'number' },
    { name: 'starttime', type: 'number' },
    { name: 'endtime', type: 'number' },
    { name: 'starthuman', type: 'text' },
    { name: 'endhuman', type: 'text' },
  ] as const
  const rows = Array.from({ length: count }, (_, place): readonly Cell[] => {
    const from = start + place * increment
    const to = from + increment - 1
    return [place, from, to, human(from), human(to)]
  })
  return {
    relation: { op: 'rows', columns, rows },
    order: [{ value: column('$row', 'number'), descending: false }],
  }
}

/** `10/1/23`, `10/1/2023:12:00:00`, or a number of days from today. */
function day(text: string, now: number, at: Span, name: string): number {
  if (/^-?\d{1,5}$/.test(text)) return (Math.floor(now / 86_400) + Number(text)) * 86_400
  const short = /^(\d{1,2}\/\d{1,2}\/)(\d{2})(?=:|$)/.exec(text)
  const whole = short === null ? text : `${short[1]}20${text.slice((short[1] ?? '').length)}`
  const found = moment(whole, now)
  if (found !== undefined && /^\d{1,2}\//.test(whole)) return found
  return refuse(
    'spl/relative-time',
    `"${text}" is no value of ${name}`,
    at,
    'it is written like 10/1/2023 or -7',
  )
}

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** `Sun Oct  1 00:00:00 2023` in UTC. */
function human(seconds: number): string {
  const date = new Date(seconds * 1000)
  const clock = date.toISOString().slice(11, 19)
  const number = String(date.getUTCDate()).padStart(2)
  return `${DAYS[date.getUTCDay()]} ${MONTHS[date.getUTCMonth()]} ${number} ${clock} ${date.getUTCFullYear()}`
}
