/** What somebody who looks at an act should come to. */
export interface Expected {
  readonly outcome:
    | 'found'
    | 'incomplete'
    | 'not observable'
    | 'image only'
    | 'approved'
    | 'not evaluable'
    | 'unknown'
    | 'none'
  /** Findings about it are at least, or at most, of this level. */
  readonly at_least?: Level
  readonly at_most?: Level
  /** Why, in a few words. */
  readonly reason: string
}

export type Level = 'informational' | 'low' | 'medium' | 'high' | 'critical'

/** One act of a scenario, as it went in this simulation. */
export interface Label extends ActFacts {
  /** `T1` to `T12`, `C1` to `C16`. */
  readonly scenario: string
  readonly analytic: 'AN0370' | 'AN1318'
  readonly act: string
  /** A twin makes the calls of an attack in a legitimate way; what is benign is so by the scenario itself. */
  readonly kind: 'attack' | 'benign' | 'twin'
  readonly expected: Expected
  /** UTC, whole seconds: the first and the last moment of it. */
  readonly from: string
  readonly to: string
  /** Ids of its CloudTrail events, in the order in which they were made. */
  readonly event_ids: readonly string[]
}

/** What an act tells of itself. */
export interface ActFacts {
  /** The ARN that stands for the actor across sessions, or the actor's name in other clouds. */
  readonly principal: string
  readonly address?: string
  /** Bytes that left. */
  readonly bytes?: number
  readonly objects?: number
  readonly buckets?: readonly string[]
  readonly images?: readonly string[]
  readonly instances?: readonly string[]
  readonly interfaces?: readonly string[]
  readonly destination?: string
  /** Rows of flow logs, as they are written. */
  readonly flows?: readonly string[]
  /** Ids of records of other logs: `insertId`, `correlationId`. */
  readonly other_ids?: readonly string[]
}

/** Everything that is known of a simulation. */
export interface Labels {
  readonly seed: string
  readonly start: string
  readonly days: number
  readonly organisation: string
  readonly scenarios: readonly Label[]
}
