import type { JsonObject } from '../core/json.ts'

/** An event and the text that it was read from. */
export interface TextEvent {
  readonly record: JsonObject
  readonly text: string
}
