import type { JsonObject } from '../../core/json.ts'
import { filled, flag, objectOr } from './read.ts'

/** Was MFA used? A console login says so itself, anything else by the session's attributes. */
export function mfaOf(record: JsonObject, identity: JsonObject): boolean | undefined {
  if (record['eventName'] === 'ConsoleLogin') {
    const used = objectOr(record['additionalEventData'])['MFAUsed']
    if (used === 'Yes' || used === 'No') return used === 'Yes'
  }
  const attributes = objectOr(objectOr(identity['sessionContext'])['attributes'])
  return flag(attributes['mfaAuthenticated'])
}

/**
 * Is it the work of a console session? CloudTrail's own mark `sessionCredentialFromConsole` decides where it is
 * there. Else these count as a yes: a sign-in or console action by its `eventType` or service, and a call made by
 * the console itself, by its `invokedBy` or user agent. All else leaves it open, for a browser's agent proves nothing.
 */
export function consoleOf(record: JsonObject, identity: JsonObject): boolean | undefined {
  const marked = flag(record['sessionCredentialFromConsole'])
  if (marked !== undefined) return marked
  const type = record['eventType']
  if (type === 'AwsConsoleSignIn' || type === 'AwsConsoleAction') return true
  if (record['eventName'] === 'ConsoleLogin' || record['eventSource'] === 'signin.amazonaws.com') return true
  return isConsole(filled(identity['invokedBy'])) || isConsole(filled(record['userAgent'])) || undefined
}

const CONSOLE = /^\[?(?:(?:signin|console(?:\.[a-z0-9-]+)*)\.amazonaws\.com\]?$|S3Console\/|AWS Console\b)/i

function isConsole(agent: string | undefined): boolean {
  return agent !== undefined && CONSOLE.test(agent)
}
