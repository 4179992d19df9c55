import type { Scalar } from '../../../../plan/scalar.ts'
import { as, call, choose, compare, known, not, number, text } from '../../../../plan/scalars.ts'
import { refuse } from '../context.ts'
import { commonType, eachText, literalOf } from '../values.ts'
import { chosen } from './conditions.ts'
import { type EvalFunctions, MANY, takes } from './function.ts'

/** Functions that turn values into others of the same meaning. */
export const conversions: EvalFunctions = {
  tonumber: takes(1, 2, ({ value, args, at }) => {
    if (args.length === 1) return as('number', value(0))
    const base = literalOf(value(1))
    if (base === 10 || base === '10') return as('number', value(0))
    if (typeof base !== 'number') return refuse('spl/arguments', 'the base of tonumber must be a number', at)
    return call('number_in_base', value(0), number(base))
  }),
  tostring: takes(1, 2, ({ value, args, at }) => {
    if (args.length === 1) return value(0).type === 'list' ? value(0) : as('text', value(0))
    const format = literalOf(value(1))
    switch (format) {
      case 'commas':
        return withCommas(as('number', value(0)))
      case 'duration':
        return duration(as('number', value(0)))
      case 'hex':
        return call('concat', text('0x'), call('upper', call('hexadecimal', value(0))))
      default:
        return refuse(
          'spl/arguments',
          `tostring knows no format "${format}"`,
          at,
          'there is commas, duration, hex',
        )
    }
  }),
  printf: takes(1, MANY, ({ all, at }) => {
    const [format, ...values] = all()
    const literal = format === undefined ? undefined : literalOf(format)
    if (typeof literal !== 'string') return refuse('spl/arguments', 'the format of printf must be a text', at)
    return printed(literal, values, problem => refuse('spl/arguments', problem, at))
  }),
  md5: takes(1, 1, ({ value }) => eachText(value(0), one => call('md5', one))),
  sha1: takes(1, 1, ({ value }) => eachText(value(0), one => call('sha1', one))),
  sha256: takes(1, 1, ({ value }) => eachText(value(0), one => call('sha256', one))),
  /** The value as it is, in the type that it has anyway. */
  exact: takes(1, 1, ({ value }) => value(0)),
  toarray: takes(1, 1, ({ value }) => as('list', value(0))),
  tobool: takes(1, 1, ({ value }) => {
    const one = value(0)
    if (one.type === 'boolean') return one
    const yes = known(compare('eq', as('text', one), text('true'), { how: 'text', caseless: true }))
    return commonType([one]) === 'number' ? as('boolean', one) : yes
  }),
}

/** Two decimal places unless it is whole. */
function withCommas(value: Scalar): Scalar {
  const whole = known(compare('eq', value, call('floor', value), { how: 'number' }))
  return choose(whole, call('fixed_grouped', value, number(0)), call('fixed_grouped', value, number(2)))
}

/** `HH:MM:SS`, with `D+` before it for whole days. */
function duration(seconds: Scalar): Scalar {
  const days = call('floor', call('divide', seconds, number(86_400)))
  const clock = call('format_time', call('modulo', seconds, number(86_400)), text('%H:%M:%S'))
  const long = compare('gte', seconds, number(86_400))
  return choose(known(long), call('concat', days, text('+'), clock), clock)
}

const CODE = /%(-?)(0?)(\d*)(?:\.(\d+))?([sdifuxX%])/g

/** The plain codes of printf: texts, whole numbers, fixed decimal places and hexadecimal. */
function printed(format: string, values: readonly Scalar[], fail: (problem: string) => never): Scalar {
  const parts: Scalar[] = []
  let from = 0
  let next = 0
  for (const found of format.matchAll(CODE)) {
    parts.push(text(format.slice(from, found.index)))
    from = found.index + found[0].length
    const [whole, left, zero, width, places, code] = found
    if (code === '%') parts.push(text('%'))
    else {
      if (left !== '' || zero !== '' || width !== '') return fail(`printf knows no width, as in "${whole}"`)
      const value = values[next++]
      if (value === undefined) return fail(`printf has no value for "${whole}"`)
      parts.push(coded(value, code ?? 's', Number(places ?? 6)))
    }
  }
  if (format.slice(from).includes('%')) return fail('printf knows only %s, %d, %f, %x and %%')
  return call('concat', ...parts, text(format.slice(from)))
}

function coded(value: Scalar, code: string, places: number): Scalar {
  if (code === 's') return as('text', value)
  const numeric = as('number', value)
  if (code === 'f') return call('fixed', numeric, number(places))
  if (code === 'x') return call('hexadecimal', numeric)
  if (code === 'X') return call('upper', call('hexadecimal', numeric))
  const whole = chosen(
    [[not(known(compare('lt', numeric, number(0)))), call('floor', numeric)]],
    call('ceiling', numeric),
  )
  return as('text', whole)
}
