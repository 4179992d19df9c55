import type { Span } from '../core/diagnostic.ts'

/** Makes spans of offsets into a text. */
export type Lines = (start: number, end: number) => Span

export function linesOf(text: string): Lines {
  const starts = [0]
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return (start, end) => {
    let low = 0
    let high = starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((starts[middle] ?? 0) <= start) low = middle
      else high = middle - 1
    }
    return { start, end: Math.max(end, start + 1), line: low + 1, column: start - (starts[low] ?? 0) + 1 }
  }
}
