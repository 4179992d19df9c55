import type { Span } from '../../../core/diagnostic.ts'
import type { Scalar } from '../../../plan/scalar.ts'
import { call, choose, compare, number, text } from '../../../plan/scalars.ts'
import { strftime, strptime } from '../lower/date-pattern.ts'
import type { Context } from '../lower/flow.ts'
import { refuse } from '../lower/refuse.ts'
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
  const wanted = pattern === undefined ? undefined : strftime(pattern)
  if (wanted === undefined) return badPattern(args[1], place.at)
  const zone = offset(args[2], place)
  return call(
    'format_time',
    call('add', call('divide', numberOf(arg(args, 0)), number(1000)), number(zone)),
    text(wanted),
  )
}

function parseDate(args: readonly Scalar[], place: Call): Scalar {
  const pattern = literalText(args[1])
  const wanted = pattern === undefined ? undefined : strptime(pattern)
  if (pattern === undefined || wanted === undefined) return badPattern(args[1], place.at)
  const zone = offset(args[2], place)
  const value = textOf(arg(args, 0))
  // Sumo Logic reads as much of the text as the pattern is long.
  const length = pattern.replaceAll("'", '').length
  const exact = call('parse_time', value, text(wanted))
  const cut = call('parse_time', call('substring', value, number(1), number(length)), text(wanted))
  const longer = compare('gt', call('length', value), number(length))
  const seconds = choose(longer, cut, exact)
  return call('multiply', call('subtract', seconds, number(zone)), number(1000))
}

function badPattern(value: Scalar | undefined, at: Span): never {
  const shown = literalText(value)
  const message =
    shown === undefined ? 'a date pattern must stand between quotes' : `"${shown}" is no date pattern`
  return refuse('date-pattern', message, at, 'write it as in "yyyy-MM-dd HH:mm:ss"')
}

/** What a time zone is ahead of UTC, in seconds; of a named one nothing is known here, and that is noted. */
function offset(value: Scalar | undefined, { context, at }: Call): number {
  const zone = literalText(value)
  if (zone === undefined || /^(?:etc\/)?(?:utc|gmt|z|zulu|universal)$/i.test(zone)) return 0
  const parts = /^(?:UTC|GMT)?([+-])(\d{1,2}):?(\d\d)?$/i.exec(zone)
  if (parts !== null)
    return (parts[1] === '-' ? -1 : 1) * (Number(parts[2]) * 3600 + Number(parts[3] ?? 0) * 60)
  context.environment.note({
    code: 'sumo/time-zone',
    severity: 'warning',
    message: `the time zone "${zone}" is not known: times are in UTC`,
    at,
  })
  return 0
}
