import type { Bucket } from '../../context/bucket-verdict.ts'
import type { AnalyticEvent } from '../analytic.ts'

/** What an event has to do with data that leaves. */
export type MoveKind =
  /** Data goes to the caller. */
  | 'read'
  /** The caller learns what there is. */
  | 'list'
  /** The cloud copies an object to where the request says. */
  | 'copy'
  /** Own data is written to a bucket that is not of the caller's account. */
  | 'write'
  /** All objects are to be copied from now on. */
  | 'replication'
  /** A job copies many objects. */
  | 'job'
  /** Others are let in. */
  | 'grant'
  /** A snapshot, image or the like is shared. */
  | 'share'
  /** An own machine that read objects sends data to outside. */
  | 'departure'

/** What the request itself names as the destination. */
export type Destination =
  | { readonly kind: 'bucket'; readonly bucket: Bucket }
  | { readonly kind: 'account'; readonly id: string }
  /** Anybody on the internet. */
  | { readonly kind: 'everyone'; readonly words: string }
  /** A service of the provider. */
  | { readonly kind: 'service'; readonly name: string }
  /** A host or address outside of the cloud's storage. */
  | { readonly kind: 'host'; readonly name: string }
  /** There is one, and what it is cannot be said. */
  | { readonly kind: 'unknown'; readonly words: string; readonly reason: string }

export type CredentialKind =
  | 'long-lived-key'
  | 'session'
  | 'console'
  | 'presigned'
  | 'signed-address'
  | 'account-key'
  | 'oauth'
  | 'service'
  | 'none'
  | 'unknown'

export interface Credential {
  readonly kind: CredentialKind
  /** Id of the key, or hash of the token. */
  readonly id?: string
}

/** One event in the words of the analytic. */
export interface Move {
  readonly kind: MoveKind
  readonly event: AnalyticEvent
  /** The bucket that the data is in; absent if it is none, or if the event does not tell. */
  readonly source?: Bucket
  /** What is shared, if it is no bucket: the id of a snapshot or image. */
  readonly thing?: string
  /** Key of the object. */
  readonly object?: string
  /** Bytes that left. */
  readonly bytes?: number
  /** None: the caller is the destination. */
  readonly destinations: readonly Destination[]
  readonly credential: Credential
  readonly anonymous: boolean
  /** Account or tenant of the caller, where it stands elsewhere than with the actor. */
  readonly callerAccount?: string
  readonly endpoint?: { readonly id: string; readonly account?: string }
  readonly denied: boolean
  /** Which log it is of. */
  readonly log: 'audit' | 'access' | 'flow'
}

/** As people read it. */
export function destinationText(destination: Destination): string {
  switch (destination.kind) {
    case 'bucket': {
      const { name, account } = destination.bucket
      return account === undefined ? `bucket ${name}` : `bucket ${name} of ${account}`
    }
    case 'account':
      return `account ${destination.id}`
    case 'service':
      return `service ${destination.name}`
    case 'host':
      return destination.name
    default:
      return destination.words
  }
}
