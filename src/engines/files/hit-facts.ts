import type { Hit } from '../../core/hit.ts'
import type { JsonObject } from '../../core/json.ts'

/** What a hit says beside the event. */
export type Facts = Pick<Hit, 'matched' | 'shown' | 'carried' | 'approvals' | 'entity'>

/** Says what the hits of one rule say. */
export interface FactsOf {
  /** Place of the rule among all that run. */
  readonly rule: number
  facts(record: JsonObject): Facts
  /** Of each field that is carried its values, in the order of the fields. */
  carried(record: JsonObject): readonly (readonly string[])[]
}
