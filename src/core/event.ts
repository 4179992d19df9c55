/**
 * What became of a call. `denied`: refused or failed, so nothing happened; the event's `error` says why.
 * `unknown`: the log does not tell.
 */
export type EventOutcome = 'succeeded' | 'denied' | 'unknown'

/** What is known of one event in words that all log sources share. Absent means that the log does not say. */
export interface NormalEvent {
  /** The source's own id of the event, as written. */
  readonly id?: string
  /** UTC, ms since 1970; absent if the event carries no time that can be read. */
  readonly time?: number
  /** The time as written. */
  readonly timeText?: string
  /** Service and action, such as `cloudtrail.amazonaws.com` and `StopLogging`. */
  readonly service?: string
  readonly action?: string
  readonly outcome: EventOutcome
  /** The error code, or what stands for one (`Failure` of a console login). */
  readonly error?: string
  readonly errorMessage?: string
  readonly account?: string
  readonly region?: string
  readonly actor: Actor
  readonly address?: string
  readonly userAgent?: string
  /** ARNs, else names, of what was acted upon; each once, in the order of the log. */
  readonly resources: readonly string[]
}

/** What a lake has columns for. */
export interface BriefEvent
  extends Maybe<Pick<NormalEvent, 'action' | 'account' | 'region' | 'address'>>,
    Pick<NormalEvent, 'outcome' | 'resources'> {
  readonly actor: Maybe<Pick<Actor, 'principal' | 'arn' | 'name' | 'role' | 'session' | 'key'>>
}

type Maybe<T> = { readonly [K in keyof T]?: T[K] | undefined }

/** Who did it, and with what. */
export interface Actor {
  /** The source's word for it: `IAMUser`, `AssumedRole`, `Root`, `AWSService` … */
  readonly type?: string
  /**
   * The one value that stands for the actor across sessions: for an assumed role the ARN of the role (with its
   * account), else the ARN, else the service, else the name or id.
   */
  readonly principal?: string
  readonly arn?: string
  readonly name?: string
  readonly account?: string
  /** ARN of the role behind a session. */
  readonly role?: string
  /** Name of the session, such as `i-0abc` or a user's mail address. */
  readonly session?: string
  /** Id of the access key or token. */
  readonly key?: string
  readonly mfa?: boolean
  /** The session was opened in the console. */
  readonly console?: boolean
  /** The service on whose behalf the call was made. */
  readonly invokedBy?: string
}
