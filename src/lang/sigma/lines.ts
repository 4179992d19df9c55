import type { Span } from '../../core/diagnostic.ts'

/** Makes spans of offsets into a text. */
export type Lines = (start: number, end: number) => Span

export function linesOf(text: string): Lines {
  const starts = [0]
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return (start, end) => {
    const line = lastNotAfter(starts, start)
    return { start, end, line: line + 1, column: start - (starts[line] ?? 0) + 1 }
  }
}

function lastNotAfter(starts: readonly number[], offset: number): number {
  let low = 0
  let high = starts.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((starts[middle] ?? 0) <= offset) low = middle
    else high = middle - 1
  }
  return low
}
