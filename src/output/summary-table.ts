import { displayWidth, truncate, wrap } from '../core/display-width.ts'
import { bytesText, counted, thousands } from '../core/quantity.ts'
import { terminalSafe } from '../core/terminal.ts'
import { SUMMARY_KINDS, type Summary, type SummaryKind, type ValueCount } from '../findings/summary.ts'
import { type Paint, painter } from './levels.ts'
import { type FormatOptions, timeText, type Write } from './report.ts'
import { overTimeLines } from './summary-bars.ts'

const NARROWEST = 60
const COUNT_WIDTH = '1,000,000'.length
const SHARE_WIDTH = '100.0 %'.length

const TITLES: Readonly<Record<SummaryKind, string>> = {
  source: 'log source',
  action: 'action',
  actor: 'actor',
  region: 'region',
  error: 'error',
  address: 'address',
  account: 'account',
  user_agent: 'user agent',
}

/** For a terminal: totals, bars over time, and for each kind its most frequent values. */
export function summaryTable(summary: Summary, write: Write, { colour, width }: FormatOptions): void {
  const paint = painter(colour)
  const columns = Math.max(NARROWEST, width)
  const lines = [
    ...totalLines(summary).flatMap(text => wrap(text, columns)),
    ...overTimeLines(summary, columns, paint),
    ...SUMMARY_KINDS.flatMap(kind => kindLines(kind, summary, columns, paint)),
  ]
  for (const line of lines) write(`${line}\n`)
}

function totalLines(summary: Summary): readonly string[] {
  const { events, first_time, last_time, succeeded, denied } = summary
  const unknown = events - succeeded - denied
  const rest = unknown > 0 ? `, ${thousands(unknown)} ended in a way that the log does not tell` : ''
  return [
    `${counted(summary.files, 'file')}, ${bytesText(summary.bytes)}, ${bytesText(summary.unpacked)} unpacked`,
    `${counted(summary.records, 'record')}: ${counted(events, 'distinct event')}${besideEvents(summary)}`,
    `${thousands(succeeded)} succeeded, ${thousands(denied)} denied${rest}`,
    ...(first_time === '' ? [] : [`From ${timeText(first_time)} to ${timeText(last_time)} UTC`]),
  ]
}

/** The records that are no events of their own. */
function besideEvents({ duplicates, conflicting, outside, failed, apart }: Summary): string {
  const parts: readonly (readonly [number, string, string?])[] = [
    [duplicates, 'duplicate', 'duplicates'],
    [conflicting, 'id whose copies differ', 'ids whose copies differ'],
    [outside, 'outside the time range'],
    [failed, 'could not be read'],
    ...Object.entries(apart).map(([what, count]) => [count, terminalSafe(what)] as const),
  ]
  return parts
    .filter(([count]) => count > 0)
    .map(([count, words, more = words]) => `, ${counted(count, words, more)}`)
    .join('')
}

function kindLines(kind: SummaryKind, summary: Summary, columns: number, paint: Paint): readonly string[] {
  const { distinct, events, top } = summary.by[kind]
  if (distinct === 0) return []
  const shown = top.reduce((sum, value) => sum + value.events, 0)
  const rest = distinct - top.length
  return [
    '',
    `${paint.bold(TITLES[kind])}${paint.dim(` · ${counted(distinct, 'different value')}`)}`,
    ...top.map(value => valueLine(value, summary.events, columns, paint)),
    ...(rest > 0 ? [`${numbers(events - shown, summary.events)}  … in ${counted(rest, 'other value')}`] : []),
    ...(events < summary.events
      ? [`${numbers(summary.events - events, summary.events)}  ${paint.dim('without one')}`]
      : []),
  ]
}

function valueLine(
  { value, events, denied }: ValueCount,
  all: number,
  columns: number,
  paint: Paint,
): string {
  const refused = denied === 0 ? '' : `${thousands(denied)} denied`
  const before = numbers(events, all)
  const room = columns - before.length - 2 - (COUNT_WIDTH + ' denied'.length) - 2
  const text = truncate(terminalSafe(value), room)
  if (refused === '') return `${before}  ${text}`
  const gap = ' '.repeat(room - displayWidth(text) + 2)
  return `${before}  ${text}${gap}${paint.level('medium', refused.padStart(COUNT_WIDTH + ' denied'.length))}`
}

function numbers(count: number, all: number): string {
  const share = all === 0 ? 0 : (count / all) * 100
  return `${thousands(count).padStart(COUNT_WIDTH)}  ${`${share.toFixed(1)} %`.padStart(SHARE_WIDTH)}`
}
