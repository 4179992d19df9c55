import { extend, type Pipeline } from '../../../plan/pipeline.ts'
import type { Scalar } from '../../../plan/scalar.ts'
import { as, call, isNull, not, number, text } from '../../../plan/scalars.ts'
import type { Stages } from '../syntax/tree.ts'
import { type Context, fieldOf, fillStars, matching, maybe, refuse } from './context.ts'
import { chosen } from './functions/conditions.ts'
import { regexOf } from './regexes.ts'
import { writeTime } from './time-format.ts'
import { readTime } from './time-reading.ts'

type Conversion = Stages['convert']['conversions'][number]

/** One function of `convert`, over one field or over all that a pattern meets. */
export function convertedBy(
  rows: Pipeline,
  conversion: Conversion,
  format: string,
  context: Context,
): Pipeline {
  const { fn, field, as: given } = conversion
  const { now } = context.environment
  if (!(fn in CONVERSIONS)) {
    return refuse(
      'spl/unknown-function',
      `convert has no function "${fn}"`,
      field.at,
      `there is ${Object.keys(CONVERSIONS).join(', ')}`,
    )
  }
  if (fn === 'none' && given === undefined) return rows
  const convert = CONVERSIONS[fn as keyof typeof CONVERSIONS]
  if (!field.name.includes('*')) {
    const value = convert(fieldOf(rows, field, context), format, now)
    return extend(rows, [{ name: given?.name ?? field.name, value }])
  }
  const columns = matching(rows, field.name).map(({ name, stars }) => ({
    name: given === undefined ? name : fillStars(given.name, stars),
    value: convert(maybe(rows, name), format, now),
  }))
  return extend(rows, columns)
}

type Convert = (value: Scalar, format: string, now: number) => Scalar

/** `auto`, `ctime` and the like leave what they cannot convert; `num` and `rmcomma` leave nothing. */
const CONVERSIONS = {
  auto: value => orItself(bestNumber(value), value),
  num: bestNumber,
  none: value => value,
  ctime: (value, format) => orItself(writeTime(as('number', value), format), value),
  mktime: (value, format, now) => readTime(value, format, now),
  dur2sec: value => durationSeconds(as('text', value)),
  mstime: value => minuteSeconds(as('text', value)),
  memk: value => kilobytes(as('text', value)),
  rmcomma: value => as('number', stripped(value)),
  rmunit: value => as('number', group(as('text', value), '^\\s*([-+]?\\d*\\.?\\d+(?:[eE][-+]?\\d+)?)', 1)),
} as const satisfies Record<string, Convert>

function orItself(value: Scalar, before: Scalar): Scalar {
  return chosen([[not(isNull(value)), value]], before)
}

/** A number, with commas or without, or a duration in seconds. */
function bestNumber(value: Scalar): Scalar {
  const plain = as('number', stripped(value))
  return chosen([[not(isNull(plain)), plain]], durationSeconds(as('text', value)))
}

function stripped(value: Scalar): Scalar {
  return value.type === 'number' ? value : call('replace_text', as('text', value), text(','), text(''))
}

function group(of: Scalar, source: string, place: number): Scalar {
  return { kind: 'capture', of, regex: regexOf(source, undefined), group: place, all: false, type: 'text' }
}

function total(parts: readonly (readonly [Scalar, number])[]): Scalar {
  return parts.reduce<Scalar>((sum, [part, times]) => {
    const value = as('number', part)
    const present = chosen([[isNull(value), number(0)]], value)
    return call('add', sum, call('multiply', present, number(times)))
  }, number(0))
}

/** `D+HH:MM:SS` in seconds. */
function durationSeconds(of: Scalar): Scalar {
  const source = '^(?:(\\d+)\\+)?(\\d+):(\\d+):(\\d+(?:\\.\\d+)?)$'
  const part = (place: number): Scalar => group(of, source, place)
  const seconds = total([
    [part(1), 86_400],
    [part(2), 3600],
    [part(3), 60],
    [part(4), 1],
  ])
  return chosen([[not(isNull(part(4))), seconds]], as('number', of))
}

/** `MM:SS.SSS` in seconds. */
function minuteSeconds(of: Scalar): Scalar {
  const source = '^(?:(\\d+):)?(\\d+(?:\\.\\d+)?)$'
  const seconds = total([
    [group(of, source, 1), 60],
    [group(of, source, 2), 1],
  ])
  return chosen([[not(isNull(group(of, source, 2))), seconds]])
}

/** A number of bytes with `k`, `m` or `g` behind it, in kilobytes. */
function kilobytes(of: Scalar): Scalar {
  const source = '^([-+]?\\d*\\.?\\d+)\\s*([kKmMgG]?)'
  const value = as('number', group(of, source, 1))
  const unit = call('lower', group(of, source, 2))
  const is = (name: string): Scalar => ({
    kind: 'compare',
    op: 'eq',
    as: 'text',
    caseless: false,
    left: unit,
    right: text(name),
    type: 'boolean',
  })
  return chosen(
    [
      [is('m'), call('multiply', value, number(1024))],
      [is('g'), call('multiply', value, number(1024 * 1024))],
    ],
    value,
  )
}
