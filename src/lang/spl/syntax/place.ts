import type { Span } from '../../../core/diagnostic.ts'

/** Makes spans in the text as written of offsets into the text that is read. */
export type Place = (start: number, end: number) => Span

/** A run of read text: where it begins, and the written text that it comes from. */
export interface Piece {
  readonly at: number
  readonly from: number
  readonly to: number
  /** Character for character as written; otherwise all of it stands for all of `from` to `to`. */
  readonly verbatim: boolean
}

/** Follows pieces, which are in order and cover the read text, back to the written one. */
export function placeIn(written: string, pieces: readonly Piece[]): Place {
  const starts = [0]
  for (let at = written.indexOf('\n'); at >= 0; at = written.indexOf('\n', at + 1)) starts.push(at + 1)
  const at = pieces.map(piece => piece.at)
  const origin = (offset: number): { readonly from: number; readonly to: number } => {
    const piece = pieces[lastNotAfter(at, offset)]
    if (piece === undefined) return { from: offset, to: offset + 1 }
    if (!piece.verbatim) return piece
    const from = Math.min(piece.from + offset - piece.at, piece.to)
    return { from, to: Math.min(from + 1, piece.to) }
  }
  return (start, end) => {
    const from = origin(start).from
    const to = Math.max(from, end > start ? origin(end - 1).to : from)
    const line = lastNotAfter(starts, from)
    return { start: from, end: to, line: line + 1, column: from - (starts[line] ?? 0) + 1 }
  }
}

function lastNotAfter(sorted: readonly number[], wanted: number): number {
  let low = 0
  let high = sorted.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((sorted[middle] ?? 0) <= wanted) low = middle
    else high = middle - 1
  }
  return low
}
