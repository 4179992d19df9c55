import type { NormalEvent } from '../core/event.ts'
import type { Level } from '../core/level.ts'
import type { Evidence } from './finding.ts'

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
}

/** One rule matched one event. */
export interface Hit {
  /** Place of the rule in the list that the groups were made with. */
  readonly rule: number
  readonly event: NormalEvent
  readonly evidence: Evidence
  /** Field -> the values that made it match. */
  readonly matched: readonly FieldValue[]
  /** Field -> value of what the rule asks to show. */
  readonly shown: readonly FieldValue[]
  /** Value of the rule's own entity field, where it names one and the event has it. */
  readonly entity?: string
}

export interface FieldValue {
  readonly field: string
  readonly value: string
}
