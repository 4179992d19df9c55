import { readStep } from './numbers.ts'

const DATE = /^(?:(\d{4})[-/])?(\d{1,2})[-/](\d{1,2})(?:[ T](\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,3}))?)?)?$/

/**
 * A time of a subquery's range in ms since 1970 UTC: `-15m`, epoch ms, or a date such as `2018/07/08 23:13:36`, without a
 * year that of `now`; undefined if it is none.
 */
export function readMoment(written: string, now: number): number | undefined {
  const text = written.trim()
  if (/^now$/i.test(text)) return now
  const step = readStep(text)
  if (step !== undefined) return now + step
  if (/^\d{11,14}$/.test(text)) return Number(text)
  const parts = DATE.exec(text)
  if (parts === null) return undefined
  const [, year, month, day, hour = '0', minute = '0', second = '0', milliseconds = '0'] = parts
  const time = Date.UTC(
    year === undefined ? new Date(now).getUTCFullYear() : Number(year),
    Number(month) - 1,
    Number(day),
    Number(hour),
    Number(minute),
    Number(second),
    Number(milliseconds.padEnd(3, '0')),
  )
  return Number.isNaN(time) ? undefined : time
}
