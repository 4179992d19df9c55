import { isoTime, parseTime } from '../core/time.ts'

const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ')
const CLOCK = String.raw`(\d\d?):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?`
const ZONE = String.raw`(?: ?(Z|UTC|GMT|[+-]\d\d:?\d\d)\b)?`

const ISO = new RegExp(String.raw`\b\d{4}[-/]\d\d?[-/]\d\d?(?:[T ]${CLOCK}${ZONE})?`, 'i')
/** `06/Feb/2019:00:00:38 +0000`, `06 Feb 2019 00:00:38 GMT` */
const DAY_MONTH = new RegExp(String.raw`\b(\d\d?)[/ -]([a-z]{3})[a-z]*[/ -](\d{4})[: T]${CLOCK}${ZONE}`, 'i')
/** `Feb  6 00:00:38`, with the year behind or without one; `February 06, 2019, 00:00:38 (UTC+02:00)`, `Feb 06 2019 00:00:38 GMT+0200` */
const MONTH_DAY = new RegExp(
  String.raw`\b(${MONTHS.join('|')})[a-z]{0,6} {1,2}(\d\d?)(?:,? (\d{4}))?,? ${CLOCK}(?: \(?(?:UTC|GMT)([+-]\d\d:?\d\d))?(?: [A-Z]{3,4})?(?: (\d{4})\b)?`,
  'i',
)
/** `02/06/2019 12:00:38 AM` */
const SLASHED = new RegExp(String.raw`\b(\d\d?)/(\d\d?)/(\d{4}),? ${CLOCK}(?: ?([AP]M)\b)?${ZONE}`, 'i')
const EPOCH = /^\s*\[?(\d{10}(?:\.\d{1,9})?|\d{13})\b/

/**
 * The first time in a text, in UTC ms since 1970: ISO 8601, what Apache, syslog, mail and American logs write, or seconds
 * since 1970 at its beginning. Of a date such as `02/06/2019` the month comes first; no zone means UTC.
 */
export function findTime(text: string): number | undefined {
  const epoch = EPOCH.exec(text)?.[1]
  if (epoch !== undefined) return parseTime(epoch)
  const found = FORMS.flatMap(([form, read]) => {
    const parts = form.exec(text)
    return parts === null ? [] : [{ at: parts.index, time: () => read(parts) }]
  })
  for (const { time } of found.sort((a, b) => a.at - b.at)) {
    const read = time()
    if (read !== undefined) return read
  }
  return
}

/** A time as `parseTime` reads it: as written if it does, else what `findTime` finds in ISO 8601; what is no time stays. */
export function readableTime(written: string): string {
  if (parseTime(written) !== undefined) return written
  const time = findTime(written)
  return time === undefined ? written : isoTime(time)
}

type Read = (parts: RegExpExecArray) => number | undefined

const FORMS: readonly (readonly [form: RegExp, read: Read])[] = [
  [ISO, ([whole]) => parseTime(whole.replaceAll('/', '-'))],
  [
    DAY_MONTH,
    ([, day = '', month = '', year = '', ...clock]) =>
      assembled([year, numberOf(month), day], clock, clock[4]),
  ],
  [
    MONTH_DAY,
    ([, month = '', day = '', before, ...clock]) => {
      const year = before ?? clock[5]
      const days = [numberOf(month), day] as const
      return year === undefined ? ofLatestYear(days, clock) : assembled([year, ...days], clock, clock[4])
    },
  ],
  [
    SLASHED,
    ([, month = '', day = '', year = '', hour = '', ...rest]) =>
      assembled([year, month, day], [halved(hour, rest[3]), ...rest], rest[4]),
  ],
]

function numberOf(month: string): string {
  return String(MONTHS.indexOf(month.toLowerCase()) + 1)
}

/** Hours of a clock of twelve. */
function halved(hour: string, half: string | undefined): string {
  if (half === undefined) return hour
  return String((Number(hour) % 12) + (half.toUpperCase() === 'PM' ? 12 : 0))
}

type Clock = readonly (string | undefined)[]

function assembled(days: readonly string[], clock: Clock, zone: string | undefined): number | undefined {
  const [hour = '0', minute = '00', second = '00', fraction = '0'] = clock
  return parseTime(`${days.join('-')} ${hour}:${minute}:${second}.${fraction}${zone ?? 'Z'}`)
}

const DAY = 86_400_000

/** Syslog leaves the year out: it is the latest that is not to come. */
function ofLatestYear(days: readonly [string, string], clock: Clock): number | undefined {
  const now = Date.now()
  const year = new Date(now).getUTCFullYear()
  const time = assembled([String(year), ...days], clock, undefined)
  return time !== undefined && time <= now + DAY
    ? time
    : assembled([String(year - 1), ...days], clock, undefined)
}
