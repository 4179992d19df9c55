import type { JsonObject } from '../core/json.ts'
import { unwrap } from '../sources/unwrap.ts'

/** An event of a page as a hunt reads it, under all the names that its log has; of no known log, it is what the page says. */
export function pageEvent(event: JsonObject): JsonObject {
  const found: JsonObject[] = []
  unwrap(event, item => {
    if (item.kind === 'event') found.push(item.record)
  })
  const [only] = found
  return found.length === 1 && only !== undefined ? only : event
}
