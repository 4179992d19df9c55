import { displayWidth, pad, truncate } from '../../core/display-width.ts'
import { terminalSafe } from '../../core/terminal.ts'
import type { Cell } from '../../plan/relation.ts'
import { painter } from '../levels.ts'
import type { FormatOptions, Write } from '../report.ts'
import { cellText, isTime, numberOf, type RowWriter, timeLabel } from './row-writer.ts'

/** Bars shown; the rest is counted. */
const MOST = 200
const LONGEST_LABEL = 48
const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉']

/**
 * A bar a row for each column of numbers. The label is the time, if there is one, else the columns that are no
 * numbers.
 */
export function rowChart(write: Write, { colour, width }: FormatOptions): RowWriter {
  const paint = painter(colour)
  let names: readonly string[] = []
  const kept: (readonly Cell[])[] = []
  let left = 0
  return {
    begin: columns => {
      names = columns
    },
    rows: rows => {
      for (const row of rows) {
        if (kept.length < MOST) kept.push(row)
        else left++
      }
    },
    end: () => {
      const numeric = numericColumns(names, kept)
      if (numeric.length === 0) {
        write('there is nothing to draw: no column holds numbers\n')
        return
      }
      const labels = kept.map(row => label(names, numeric, row))
      for (const at of numeric) {
        if (numeric.length > 1) write(`${paint.bold(terminalSafe(names[at] ?? ''))}\n`)
        for (const text of bars(
          labels,
          kept.map(row => numberOf(row[at])),
          width,
        ))
          write(`${text}\n`)
      }
      if (left > 0) write(`… and ${left} more rows\n`)
    },
  }
}

function numericColumns(names: readonly string[], rows: readonly (readonly Cell[])[]): readonly number[] {
  const found = names.flatMap((name, at) => {
    const filled = rows.filter(row => row[at] !== null && row[at] !== undefined)
    const numbers = filled.length > 0 && filled.every(row => numberOf(row[at]) !== undefined)
    return numbers && !isTime(name) && name !== '_span' ? [at] : []
  })
  return found
}

function label(names: readonly string[], numeric: readonly number[], row: readonly Cell[]): string {
  const drawn = new Set(numeric)
  const parts = names.flatMap((name, at) => {
    if (drawn.has(at) || name === '_span') return []
    return [isTime(name) ? timeLabel(row[at]) : cellText(row[at]).replaceAll('\n', ' ')]
  })
  return terminalSafe(parts.join('  '))
}

function bars(
  labels: readonly string[],
  values: readonly (number | undefined)[],
  width: number,
): readonly string[] {
  const labelled = Math.min(LONGEST_LABEL, Math.max(0, ...labels.map(displayWidth)))
  const figures = values.map(value => (value === undefined ? '' : String(Math.round(value * 1000) / 1000)))
  const digits = Math.max(0, ...figures.map(figure => figure.length))
  const room = Math.max(10, width - labelled - digits - 4)
  const most = Math.max(0, ...values.map(value => value ?? 0))
  return values.map((value, at) => {
    const text = pad(truncate(labels[at] ?? '', labelled), labelled)
    return `${text}  ${(figures[at] ?? '').padStart(digits)}  ${bar(value ?? 0, most, room)}`.trimEnd()
  })
}

function bar(value: number, most: number, room: number): string {
  if (most <= 0 || value <= 0) return ''
  const eighths = Math.max(1, Math.round((value / most) * room * 8))
  return '█'.repeat(Math.floor(eighths / 8)) + (EIGHTHS[eighths % 8] ?? '')
}
