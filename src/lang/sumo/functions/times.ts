import type { Span } from '../../../core/diagnostic.ts'
import type { Scalar } from '../../../plan/scalar.ts'
import { call, number, text } from '../../../plan/scalars.ts'
import { formatted } from '../lower/date-parts.ts'
import { strptime } from '../lower/date-pattern.ts'
import { datePrefix } from '../lower/date-prefix.ts'
import type { Context } from '../lower/flow.ts'
import { refuse } from '../lower/refuse.ts'
import { inZone, type Zone, zoneNamed } from '../lower/time-zone.ts'
import { literalText, numberOf, textOf } from '../lower/values.ts'
import { arg, type Call, define, type SumoFunction } from './function.ts'

/** Times: everything is in ms since 1970 UTC. */
export const times: readonly SumoFunction[] = [
  define('now', [0, 0], (_args, { context }) => number(context.environment.now * 1000)),
  define('queryendtime', [0, 0], (_args, { context }) => number(context.environment.now * 1000)),
  define('querystarttime', [0, 0], (_args, { context }) => number(startOf(context))),
  define('querytimerange', [0, 0], (_args, { context }) =>
    number(context.environment.now * 1000 - startOf(context)),
  ),
  define('frommillis tomillis', [1, 1], args => numberOf(arg(args, 0))),
  define('fromseconds', [1, 1], args => call('multiply', numberOf(arg(args, 0)), number(1000))),
  define('toseconds', [1, 1], args => call('divide', numberOf(arg(args, 0)), number(1000))),
  define('formatdate', [1, 3], formatDate),
  define('parsedate', [2, 3], parseDate),
]

function startOf({ start, environment }: Context): number {
  return start ?? environment.now * 1000
}

function formatDate(args: readonly Scalar[], place: Call): Scalar {
  const pattern = args[1] === undefined ? 'MM-dd-yyyy HH:mm:ss' : literalText(args[1])
  if (pattern === undefined) return badPattern(args[1], place.at)
  const time = call('divide', numberOf(arg(args, 0)), number(1000))
  return formatted(time, pattern, zoneOf(args[2], place)) ?? badPattern(args[1], place.at)
}

function parseDate(args: readonly Scalar[], place: Call): Scalar {
  const pattern = literalText(args[1])
  const wanted = pattern === undefined ? undefined : strptime(pattern)
  if (pattern === undefined || wanted === undefined) return badPattern(args[1], place.at)
  const zone = zoneOf(args[2], place)
  const value = textOf(arg(args, 0))
  const seconds = call('parse_time', datePrefix(value, pattern), text(wanted))
  if (/[zZX]/.test(pattern.replace(/'[^']*'/g, ''))) return call('multiply', seconds, number(1000))
  const ahead = inZone(zone, seconds, period => number(period.ahead), true)
  return call('multiply', call('subtract', seconds, ahead), number(1000))
}

function badPattern(value: Scalar | undefined, at: Span): never {
  const shown = literalText(value)
  const message =
    shown === undefined ? 'a date pattern must stand between quotes' : `"${shown}" is no date pattern`
  return refuse('date-pattern', message, at, 'write it as in "yyyy-MM-dd HH:mm:ss"')
}

/** A time zone by its name; UTC, which is noted, if there is none of that name. */
function zoneOf(value: Scalar | undefined, { context, at }: Call): Zone {
  const name = literalText(value) ?? 'UTC'
  const found = zoneNamed(name)
  if (found !== undefined) return found
  context.environment.note({
    code: 'sumo/time-zone',
    severity: 'warning',
    message: `the time zone "${name}" is not known: times are in UTC`,
    at,
  })
  return zoneNamed('UTC') ?? []
}
