import type { Diagnostic } from '../../core/diagnostic.ts'
import type { Places } from '../../core/places.ts'
import type { Piece } from './split.ts'
import type { Pipeline } from './syntax.ts'

/** What the reading of one query shares. */
export interface Reading {
  readonly text: string
  readonly places: Places
  readonly problems: Diagnostic[]
  /** Where a pattern with unescaped quotes ends, by where it starts. */
  readonly loose: Map<number, number>
  /** Reads a pipeline inside of a stage; a subquery starts with its scope. */
  readonly pipeline: (range: Piece, depth: number, starts: 'scope' | 'either') => Pipeline
}
