import type { Bucket } from '../organisation/types.ts'
import type { Session } from './session.ts'

/** What all calls about objects have in common. */
export interface ObjectCall {
  readonly session: Session
  readonly bucket: Bucket
  readonly time: number
  readonly error?: { readonly code: string; readonly message: string }
  /** The trail of an account that is not the session's own. */
  readonly recipient?: string
}
