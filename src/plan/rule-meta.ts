import type { Level } from '../core/level.ts'

/** What a rule says about itself, in the words of its language. */
export interface RuleMeta {
  /** The rule's own id, or one made of its title when it has none. Unique among the loaded rules. */
  readonly id: string
  readonly name?: string
  readonly title: string
  readonly level: Level
  readonly status?: string
  readonly description?: string
  readonly author?: string
  readonly references: readonly string[]
  /** As written, such as `attack.t1685.002`. */
  readonly tags: readonly string[]
  readonly falsepositives: readonly string[]
  /** Fields worth showing beside a match. */
  readonly fields: readonly string[]
  /** The dotted field whose value groups the hits into findings; by default the actor. */
  readonly entity?: string
  /** Ids that stood for this rule before. */
  readonly related: readonly string[]
}

/** Where a rule was read from. */
export interface RuleOrigin {
  /** The file as the user named it, or `builtin`. */
  readonly file: string
  /** Number of the document in the file, from 0. */
  readonly document: number
  readonly line: number
}
