import { displayWidth, pad, truncate, wrap } from '../core/display-width.ts'
import { LEVELS } from '../core/level.ts'
import { counted, thousands } from '../core/quantity.ts'
import { terminalSafe } from '../core/terminal.ts'
import type { Finding } from '../findings/finding.ts'
import type { FindingHead } from '../findings/finding-list.ts'
import { approvalTexts } from './approval-texts.ts'
import { type Paint, painter, SHORT_LEVELS } from './levels.ts'
import { type FormatOptions, levelCounts, type Report, timeRange, timeText, type Write } from './report.ts'
import { ruleCounts } from './rule-counts.ts'
import { sectionLines } from './sections-text.ts'
import { lossText, verdict } from './verdict.ts'

/** Rules that are named at the end. */
const TOP_RULES = 5
const NARROWEST = 40
const LEVEL_WIDTH = 4
const TIME_WIDTH = '2024-05-01 10:00:00'.length
const COUNT_WIDTH = '10,000×'.length
const OUTCOME_WIDTH = 'succeeded'.length
const INDENT = ' '.repeat(LEVEL_WIDTH + 2)

/** For a terminal: two lines or so a finding, and what it comes to at the end. */
export function writeTable(report: Report, write: Write, { colour, width }: FormatOptions): void {
  const paint = painter(colour)
  const columns = Math.max(NARROWEST, width)
  for (const finding of report.findings) {
    write(`${headline(finding, columns, paint)}\n`)
    for (const line of wrap(terminalSafe(finding.why), columns - INDENT.length))
      write(`${INDENT}${paint.dim(line)}\n`)
    for (const text of [...sectionLines(finding), ...approvalTexts(finding)])
      for (const line of wrap(terminalSafe(text), columns - INDENT.length)) write(`${INDENT}${line}\n`)
  }
  if (report.findings.length > 0) write('\n')
  for (const line of summary(report, columns, paint)) write(`${line}\n`)
}

function headline(finding: Finding, columns: number, paint: Paint): string {
  const { level, first_time, count, outcome } = finding
  const result = `${`${thousands(count)}×`.padStart(COUNT_WIDTH)}  ${outcome.padEnd(OUTCOME_WIDTH)}`
  const time = columns < 70 ? '' : `${pad(timeText(first_time), TIME_WIDTH)}  `
  const room = columns - INDENT.length - displayWidth(time) - displayWidth(result) - 2
  const title = truncate(terminalSafe(finding.title), room)
  const name = paint.level(level, pad(SHORT_LEVELS[level], LEVEL_WIDTH))
  const gap = ' '.repeat(room - displayWidth(title))
  return `${name}  ${time}${paint.bold(title)}${gap}  ${result}`.trimEnd()
}

function summary(report: Report, columns: number, paint: Paint): readonly string[] {
  const loss = lossText(report.ledger.totals)
  const range = timeRange(report.findings.heads)
  return [
    ...wrap(verdict(report), columns).map(paint.bold),
    ...levelLines(report.findings.heads, columns, paint),
    ...(range === undefined
      ? []
      : wrap(`From ${timeText(range.first)} to ${timeText(range.last)} UTC`, columns)),
    ...topRules(report.findings.heads, columns, paint),
    ...(loss === undefined ? [] : wrap(loss, columns).map(line => paint.level('critical', line))),
  ]
}

function levelLines(findings: readonly FindingHead[], columns: number, paint: Paint): readonly string[] {
  const counts = levelCounts(findings)
  const parts = [...LEVELS]
    .reverse()
    .filter(level => counts[level] > 0)
    .map(level => paint.level(level, `${thousands(counts[level])} ${SHORT_LEVELS[level]}`))
  return columns < 60 || parts.length === 0 ? parts : [parts.join('  ')]
}

function topRules(findings: readonly FindingHead[], columns: number, paint: Paint): readonly string[] {
  const rules = ruleCounts(findings)
  if (rules.length < 2 || rules.length === findings.length) return []
  return [
    `Most findings, of ${counted(rules.length, 'rule')}:`,
    ...rules.slice(0, TOP_RULES).map(({ title, level, ...count }) => {
      const name = paint.level(level, pad(SHORT_LEVELS[level], LEVEL_WIDTH))
      const numbers = `  ${thousands(count.findings).padStart(6)}  `
      const events = `  ${counted(count.events, 'event')}`
      const room = columns - numbers.length - INDENT.length - events.length
      return `${numbers}${name}  ${truncate(terminalSafe(title), room)}${paint.dim(events)}`
    }),
  ]
}
