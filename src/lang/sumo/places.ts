import type { Span } from '../../core/diagnostic.ts'

/** Gives the place of a piece of one text. */
export type Places = (start: number, end: number) => Span

export function placesIn(text: string): Places {
  const starts = [0]
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return (start, end) => {
    const line = lineOf(starts, start)
    return { start, end, line: line + 1, column: start - (starts[line] ?? 0) + 1 }
  }
}

/** The number, from 0, of the last line that starts at or before an offset. */
function lineOf(starts: readonly number[], offset: number): number {
  let low = 0
  let high = starts.length - 1
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if ((starts[middle] ?? 0) <= offset) low = middle
    else high = middle - 1
  }
  return low
}
