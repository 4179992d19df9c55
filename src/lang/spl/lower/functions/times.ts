import type { Scalar } from '../../../../plan/scalar.ts'
import { as, call, number, text } from '../../../../plan/scalars.ts'
import { refuse } from '../context.ts'
import { applySteps, MONTHS, relativeTime, type TimeStep, UNIT_SECONDS } from '../relative-time.ts'
import { writeTime } from '../time-format.ts'
import { readTime } from '../time-reading.ts'
import { isNothing, literalOf } from '../values.ts'
import { type EvalFunctions, takes } from './function.ts'

/** Functions of times: seconds since 1970, written in UTC. */
export const times: EvalFunctions = {
  now: takes(0, 0, ({ now }) => number(now)),
  time: takes(0, 0, ({ now }) => number(now)),
  strftime: takes(2, 2, ({ value, at }) => {
    if (isNothing(value(0)) || isNothing(value(1))) return text(null)
    const format = literalOf(value(1))
    if (format === undefined) return refuse('spl/arguments', 'the format of strftime must be a text', at)
    return writeTime(as('number', value(0)), String(format))
  }),
  strptime: takes(2, 2, ({ value, at, now }) => {
    const format = literalOf(value(1))
    if (isNothing(value(0)) || isNothing(value(1))) return number(null)
    if (format === undefined) return refuse('spl/arguments', 'the format of strptime must be a text', at)
    return readTime(value(0), String(format), now)
  }),
  relative_time: takes(2, 2, ({ value, at }) => {
    const [from, by] = [as('number', value(0)), literalOf(value(1))]
    if (isNothing(value(0)) || isNothing(value(1))) return number(null)
    const steps = typeof by === 'string' ? relativeTime(by) : undefined
    if (steps === undefined) {
      return refuse('spl/relative-time', `"${by}" is no relative time`, at, 'it is written like "-24h@h"')
    }
    const moment = literalOf(from)
    if (typeof moment === 'number') return number(applySteps(moment, steps))
    return steps.reduce(stepped, from)
  }),
}

function stepped(time: Scalar, step: TimeStep): Scalar {
  if (step.kind === 'snap') return snapped(time, step)
  const seconds = UNIT_SECONDS[step.unit]
  if (seconds !== undefined) return call('add', time, number(step.amount * seconds))
  return call('months_later', time, number(step.amount * (MONTHS[step.unit] ?? 1)))
}

/** Down to a unit of the calendar. */
export function snapped(
  time: Scalar,
  { unit, day }: { readonly unit: TimeStep['unit']; readonly day: number },
): Scalar {
  if (unit === 'week') {
    // 1970 began on a Thursday, four days behind a Sunday.
    const shift = number((4 - day) * 86_400)
    return call('subtract', call('floor_time', call('add', time, shift), number(604_800)), shift)
  }
  const seconds = UNIT_SECONDS[unit]
  if (seconds !== undefined) return call('floor_time', time, number(seconds))
  const written = unit === 'year' ? '%Y-01-01' : '%Y-%m-01'
  const first = call('parse_time', call('format_time', time, text(written)), text('%Y-%m-%d'))
  if (unit !== 'quarter') return first
  const month = as('number', call('format_time', time, text('%m')))
  const start = call(
    'add',
    call('multiply', call('floor', call('divide', call('subtract', month, number(1)), number(3))), number(3)),
    number(1),
  )
  const date = call('concat', call('format_time', time, text('%Y-')), start, text('-1'))
  return call('parse_time', date, text('%Y-%m-%d'))
}
