const DAYS: readonly string[] = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']
const MINUTE = 60_000
const DAY_MINUTES = 24 * 60
const WEEK_MINUTES = 7 * DAY_MINUTES

/** Hours of the week in UTC: from (included) to (not included) in minutes since Sunday 00:00; `to` may pass the week's end. */
interface Schedule {
  readonly spans: readonly { readonly from: number; readonly to: number }[]
}

const FORM = /^([a-z,-]{3,40}) ([0-2]\d):([0-5]\d)-([0-2]\d):([0-5]\d)$/

/**
 * Reads `daily 01:00-05:00`, `mon-fri 22:00-02:00` or `sat,sun 00:00-24:00`; UTC. Hours over midnight belong to the
 * day on which they start.
 */
export function parseSchedule(text: string): Schedule | undefined {
  const parts = FORM.exec(text.trim().toLowerCase())
  const days = parts === null ? undefined : daysOf(parts[1] ?? '')
  if (parts === null || days === undefined) return undefined
  const from = Number(parts[2]) * 60 + Number(parts[3])
  const end = Number(parts[4]) * 60 + Number(parts[5])
  if (from >= DAY_MINUTES || end > DAY_MINUTES || from === end) return undefined
  const to = end > from ? end : end + DAY_MINUTES
  return { spans: days.map(day => ({ from: day * DAY_MINUTES + from, to: day * DAY_MINUTES + to })) }
}

/** Is the moment (UTC ms) inside? */
function inSchedule(schedule: Schedule, time: number): boolean {
  const day = new Date(time).getUTCDay()
  const minute = day * DAY_MINUTES + Math.floor((((time % 86_400_000) + 86_400_000) % 86_400_000) / MINUTE)
  return schedule.spans.some(
    ({ from, to }) =>
      (minute >= from && minute < to) || (minute + WEEK_MINUTES >= from && minute + WEEK_MINUTES < to),
  )
}

/** Is the moment within the hours that a text names? */
export function isWithin(text: string, time: number): boolean {
  const schedule = parseSchedule(text)
  return schedule !== undefined && inSchedule(schedule, time)
}

function daysOf(text: string): readonly number[] | undefined {
  if (text === 'daily') return [0, 1, 2, 3, 4, 5, 6]
  const days = new Set<number>()
  for (const part of text.split(',')) {
    const [first = '', last = first, ...rest] = part.split('-')
    const from = DAYS.indexOf(first)
    const to = DAYS.indexOf(last)
    if (from < 0 || to < 0 || rest.length > 0) return undefined
    for (let day = from; ; day = (day + 1) % 7) {
      days.add(day)
      if (day === to) break
    }
  }
  return [...days]
}
