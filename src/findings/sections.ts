/** A question that an analytic answers for whoever has to decide: who, from where, with what, to where. */
export interface Answer {
  /** `who`, `destination` … */
  readonly question: string
  /** In a line; `unknown: reason` where the logs or the tables do not tell. */
  readonly value: string
  /** What the line is made of: name -> values. */
  readonly details?: { readonly [name: string]: readonly string[] }
}

/** One step of what happened, in the order in which it did. */
export interface Step {
  /** UTC, ISO 8601 with `Z`; empty of a step that is missing. */
  readonly time: string
  readonly name: string
  readonly text: string
  /** ms since the step before. */
  readonly after?: number
  /** Id of the event that shows it. */
  readonly event_id?: string
  /** `missing`: it did not happen as far as the logs show. `not observable`: no log would show it. */
  readonly state?: 'missing' | 'not observable'
}

/** How serious it is, and what that is made of. */
export interface Risk {
  /** 0 to 100 */
  readonly impact: number
  /** 5 to 95 */
  readonly confidence: number
  /** impact x confidence / 100, rounded. */
  readonly score: number
  /** What added to the two or took from them: `impact +20: restricted`. */
  readonly parts: readonly string[]
}

/** What an analytic tells beside what every finding tells. */
export interface FindingSections {
  readonly answers?: readonly Answer[]
  readonly steps?: readonly Step[]
  readonly risk?: Risk
  /** What has to be known before the finding is relied upon: logs that are missing, tables that are empty or stale. */
  readonly caveats?: readonly string[]
}
