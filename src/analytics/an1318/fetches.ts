import { bucketVerdict } from '../../context/bucket-verdict.ts'
import type { Context } from '../../context/context.ts'
import { bucketOf } from '../an0370/cloudtrail-fields.ts'
import { reads } from '../an0370/reads.ts'
import { type AnalyticEvent, first } from '../analytic.ts'
import { codeText } from '../words.ts'

/** Objects that are read. There may be very many of them: AN0370 takes the same hits. */
export const fetches = reads.base

/** An object that the role of a machine read of a bucket of somebody else. */
export interface Fetch {
  readonly event: AnalyticEvent
  readonly bucket: string
  /** `external (owner-not-listed: no inventory has its owner)` */
  readonly whose: string
}

/** Objects of one chain that are kept. */
export const MOST_FETCHES = 20

/** The machine whose role reads; `undefined` if it is somebody else, or was refused. */
export function fetcherOf({ hit }: AnalyticEvent): string | undefined {
  const { actor, outcome } = hit.event
  const { session } = actor
  return session !== undefined && outcome !== 'denied' && session.startsWith('i-') ? session : undefined
}

/** What was read, if the bucket is known to be of somebody else. */
export function fetchOf(context: Context, event: AnalyticEvent): Fetch | undefined {
  const bucket = bucketOf(event, first(event, 'requestParameters.bucketName'))
  if (bucket === undefined) return undefined
  const { verdict, rule } = bucketVerdict(context, bucket)
  if (verdict !== 'external') return undefined
  return { event, bucket: bucket.name, whose: `${verdict} (${codeText(rule)})` }
}
