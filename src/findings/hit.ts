import type { Level } from '../core/level.ts'
import type { FindingSections } from './sections.ts'

export type { FieldValue, Hit } from '../core/hit.ts'

/** What findings need to know of a rule. */
export interface RuleFacts {
  readonly id: string
  readonly title: string
  readonly level: Level
  readonly status?: string
  readonly description?: string
  readonly author?: string
  /** Technique ids, the current release's first, then older ids. */
  readonly attack: readonly string[]
  readonly falsepositives: readonly string[]
  readonly references: readonly string[]
  /** The dotted field that groups its hits; absent means the actor. */
  readonly entity?: string
  /** Tells findings apart that the rule has of one entity on one day, such as those of chains that broke off. */
  readonly variant?: string
  /** What a rule that remembers has to say of a finding between these times (UTC ms, both included). */
  readonly because?: (entity: string, first: number, last: number) => readonly string[]
  /** What an analytic tells besides. */
  readonly sections?: FindingSections
}
