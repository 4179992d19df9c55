import type { NormalEvent } from './event.ts'

/** Service and action, as much of them as the log says: `cloudtrail.amazonaws.com StopLogging`. */
export function actionText({ service, action }: NormalEvent): string {
  if (service === undefined) return action ?? ''
  return action === undefined ? service : `${service} ${action}`
}
