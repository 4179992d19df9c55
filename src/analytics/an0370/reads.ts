import type { Context } from '../../context/context.ts'
import type { Expr } from '../../plan/expr.ts'
import { and, is, or } from '../../sources/conditions.ts'
import { type AnalyticEvent, type Base, first } from '../analytic.ts'
import { base } from '../base.ts'
import { amount, common, ONE_BUCKET } from './cloudtrail-fields.ts'
import type { Destination, Move } from './move.ts'

/** A base rule, and what its hits mean. */
export interface Reading {
  readonly base: Base
  /** `undefined`: it has nothing to do with data that leaves. */
  read(event: AnalyticEvent, known: Known): Move | undefined
}

/** What a hit is read with. */
export interface Known {
  readonly context: Context
  /** ARN of a place that DataSync was told of -> what it is. */
  readonly locations: Map<string, Destination>
}

/** CloudTrail. */
export const AUDIT = { product: 'aws', service: 'cloudtrail' } as const

/** Calls of a service by these names. */
export function calls(service: string, names: readonly string[]): Expr {
  const both = and([is('eventSource', service), or(names.map(name => is('eventName', name)))])
  if (both === undefined) throw new Error('bug: no calls')
  return both
}

/** Objects that are read: the destination is the caller. */
export const reads: Reading = {
  base: base({
    id: 'an0370-reads',
    title: 'objects are read (CloudTrail data events)',
    logsource: AUDIT,
    where: calls('s3.amazonaws.com', ['GetObject', 'SelectObjectContent', 'GetObjectTorrent']),
    carry: [...ONE_BUCKET, 'requestParameters.key', 'additionalEventData.bytesTransferredOut'],
  }),
  read(event) {
    const object = first(event, 'requestParameters.key')
    const bytes = amount(first(event, 'additionalEventData.bytesTransferredOut'))
    const told = common(event)
    return {
      ...told,
      kind: 'read',
      destinations: [],
      ...(object === undefined ? {} : { object }),
      ...(bytes === undefined || told.denied ? {} : { bytes }),
    }
  },
}

export const lists: Reading = {
  base: base({
    id: 'an0370-lists',
    title: 'objects are listed (CloudTrail data events)',
    logsource: AUDIT,
    where: calls('s3.amazonaws.com', ['ListObjects', 'ListObjectsV2', 'ListObjectVersions']),
    carry: ONE_BUCKET,
  }),
  read: event => ({ ...common(event), kind: 'list', destinations: [] }),
}
