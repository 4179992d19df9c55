import type { NormalEvent } from './event.ts'

/** A pointer to one raw record. */
export interface Evidence {
  /** The event's own id; empty if it has none. */
  readonly event_id: string
  /** As written in the event; empty if it has none. */
  readonly event_time: string
  /** The file as it was named on the way in; a member of an archive as `archive.zip!member`. */
  readonly file: string
  /** Number of the record in the file, from 0. */
  readonly record: number
  /** SHA-256 (hex) of the record's text in the unpacked file, UTF-8. */
  readonly sha256: string
}

export interface FieldValue {
  readonly field: string
  readonly value: string
}

/** One rule matched one event. */
export interface Hit {
  /** Place of the rule in the list of rules that ran. */
  readonly rule: number
  readonly event: NormalEvent
  readonly evidence: Evidence
  /** Field -> the values that made it match. */
  readonly matched: readonly FieldValue[]
  /** Field -> value of what the rule asks to show. */
  readonly shown: readonly FieldValue[]
  /** Field -> value of what rules over this one want to know; a list gives several. */
  readonly carried?: readonly FieldValue[]
  /** Table -> place in it of the approvals that the rule names and that did not hold; of a hidden event those that hide it. */
  readonly approvals?: readonly FieldValue[]
  /** Value of the rule's own entity field, where it names one and the event has it. */
  readonly entity?: string
}
