import { displayWidth, pad, truncate } from '../../core/display-width.ts'
import { counted } from '../../core/quantity.ts'
import { terminalSafe } from '../../core/terminal.ts'
import type { Cell } from '../../plan/relation.ts'
import { painter } from '../levels.ts'
import type { FormatOptions, Write } from '../report.ts'
import { cellText, isTime, type RowWriter, timeLabel } from './row-writer.ts'

/** Rows by which the widths of columns are chosen; those after them are printed as they come. */
const SAMPLE = 500
/** Columns are cut to share the width, but not below this. */
const NARROWEST = 8
const GAP = '  '

/** For a terminal: a head line and a line a row, columns as wide as the first rows need. */
export function rowTable(write: Write, { colour, width }: FormatOptions): RowWriter {
  const paint = painter(colour)
  let names: readonly string[] = []
  let held: (readonly string[])[] = []
  let widths: readonly number[] | undefined
  let count = 0
  const line = (cells: readonly string[], of: readonly number[]): string =>
    cells
      .map((cell, at) => pad(truncate(cell, of[at] ?? 0), of[at] ?? 0))
      .join(GAP)
      .trimEnd()
  const settle = (): readonly number[] => {
    const chosen = shared(naturalWidths(names, held), width)
    write(`${paint.dim(line(names.map(terminalSafe), chosen))}\n`)
    for (const row of held) write(`${line(row, chosen)}\n`)
    held = []
    return chosen
  }
  return {
    begin: columns => {
      names = columns
    },
    rows: rows => {
      for (const row of rows) {
        count++
        const cells = names.map((name, at) =>
          isTime(name) ? terminalSafe(timeLabel(row[at])) : shown(row[at]),
        )
        if (widths !== undefined) write(`${line(cells, widths)}\n`)
        else if (held.push(cells) === SAMPLE) widths = settle()
      }
    },
    end: () => {
      if (count > 0) widths ??= settle()
      write(`${paint.dim(counted(count, 'row'))}\n`)
    },
  }
}

function shown(cell: Cell | undefined): string {
  return terminalSafe(typeof cell === 'object' && cell !== null ? cell.join(' ¦ ') : cellText(cell))
}

function naturalWidths(names: readonly string[], rows: readonly (readonly string[])[]): readonly number[] {
  return names.map((name, at) =>
    rows.reduce((most, row) => Math.max(most, displayWidth(row[at] ?? '')), displayWidth(terminalSafe(name))),
  )
}

/** Narrow columns get what they need; the wide ones share what is left. */
function shared(natural: readonly number[], width: number): readonly number[] {
  let room = width - GAP.length * Math.max(0, natural.length - 1)
  const chosen = new Map<number, number>()
  const byWidth = natural.map((needs, at) => ({ needs, at })).sort((a, b) => a.needs - b.needs)
  for (const [place, { needs, at }] of byWidth.entries()) {
    const share = Math.floor(room / (natural.length - place))
    const given = Math.min(needs, Math.max(NARROWEST, share))
    chosen.set(at, given)
    room -= given
  }
  return natural.map((_, at) => chosen.get(at) ?? NARROWEST)
}
