import type { JsonObject } from '../core/json.ts'
import { isInsight } from './cloudtrail/recognise.ts'
import { windowWithout } from './vpc-flow/vpc-flow.ts'

/** What an object is that is known and is no event: `digest`, `insight`, `control message`, a flow log's `NODATA`. */
export function apart(object: JsonObject): string | undefined {
  if (object['digestStartTime'] !== undefined && object['digestS3Bucket'] !== undefined) return 'digest'
  if (isInsight(object)) return 'insight'
  return isControlMessage(object) ? 'control message' : windowWithout(object)
}

/** CloudWatch Logs tests a subscription's destination with a message; its one log event is known by its text alone. */
function isControlMessage(object: JsonObject): boolean {
  if (object['messageType'] === 'CONTROL_MESSAGE') return true
  const message = object['message']
  return typeof message === 'string' && message.startsWith('CWL CONTROL MESSAGE')
}
