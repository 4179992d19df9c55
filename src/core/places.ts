import type { Span } from './diagnostic.ts'

/** Gives the place of a piece of one text, by the offsets of its start and end. */
export type Places = (start: number, end: number) => Span

export function placesIn(text: string): Places {
  const starts = [0]
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return (start, end) => {
    const line = lastNotAfter(starts, start)
    return { start, end, line: line + 1, column: start - (starts[line] ?? 0) + 1 }
  }
}

/** The place in a rising list of the last number that is not above the wanted one; 0 if all are. */
export function lastNotAfter(sorted: readonly number[], wanted: number): number {
  let low = 0
  let high = sorted.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((sorted[middle] ?? 0) <= wanted) low = middle
    else high = middle - 1
  }
  return low
}
