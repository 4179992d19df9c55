import { lastNotAfter, type Places, placesIn } from '../../../core/places.ts'

/** A run of read text: where it begins, and the written text that it comes from. */
export interface Piece {
  readonly at: number
  readonly from: number
  readonly to: number
  /** Character for character as written; otherwise all of it stands for all of `from` to `to`. */
  readonly verbatim: boolean
}

/** Follows pieces, which are in order and cover the read text, back to the written one. */
export function placeIn(written: string, pieces: readonly Piece[]): Places {
  const places = placesIn(written)
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
    return places(from, to)
  }
}
