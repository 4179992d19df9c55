import type { EventOutcome } from '../../core/event.ts'
import { type JsonObject, member } from '../../core/json.ts'
import { filled, objectOr } from './read.ts'

/** How a call ended, and with which error. */
export interface Ending {
  readonly outcome: EventOutcome
  readonly error?: string | undefined
  readonly message?: string | undefined
}

/**
 * An error code or message means `denied`, a null or an empty one means nothing. Sign-in events carry no error code
 * but a verdict, `Success` or `Failure`, and the failure stands for the code. Without either, the call succeeded if
 * the record is whole enough to tell. A service event has happened, so it succeeded unless its verdict says no.
 */
export function endingOf(record: JsonObject): Ending {
  const error = filled(record['errorCode'])
  const message = filled(record['errorMessage'])
  if (error !== undefined) return { outcome: 'denied', error, message }
  const verdict = verdictOf(record)
  if (verdict === 'Failure') return { outcome: 'denied', error: verdict, message }
  if (message !== undefined) return { outcome: 'denied', message }
  if (verdict === 'Success') return { outcome: 'succeeded' }
  return { outcome: record['eventName'] === 'ConsoleLogin' || !tells(record) ? 'unknown' : 'succeeded' }
}

/**
 * The verdict stands under the name of the event: `ConsoleLogin`, `CheckMfa`, `SwitchRole`, `GetSigninToken`,
 * `PasswordRecoveryRequested` … in `responseElements`, `CredentialVerification` and `UserAuthentication` of
 * IAM Identity Center in `serviceEventDetails`.
 */
function verdictOf(record: JsonObject): 'Success' | 'Failure' | undefined {
  const name = filled(record['eventName']) ?? ''
  const response = objectOr(record['responseElements'])
  const details = objectOr(record['serviceEventDetails'])
  const verdict = member(response, name) ?? response['ConsoleLogin'] ?? member(details, name)
  return verdict === 'Success' || verdict === 'Failure' ? verdict : undefined
}

/**
 * CloudTrail leaves the error out of a call that succeeded, so that its absence tells only where the record is
 * whole: it has a version or a response, or is at least a row of the console's export, which marks reads.
 */
function tells(record: JsonObject): boolean {
  return (
    record['eventVersion'] !== undefined ||
    record['responseElements'] !== undefined ||
    record['errorCode'] !== undefined ||
    record['readOnly'] !== undefined
  )
}
