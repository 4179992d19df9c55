import type { CorrelationType } from '../plan/state-rule.ts'
import type { AggregateKind } from './aggregate.ts'
import { eventCount } from './event-count.ts'
import { temporal } from './temporal.ts'
import { temporalOrdered } from './temporal-ordered.ts'
import { valueCount } from './value-count.ts'
import { valuePercentile } from './value-percentile.ts'
import { valueAverage, valueSum } from './value-sum.ts'

/** What each kind of correlation computes. */
export const aggregates: Record<CorrelationType, AggregateKind> = {
  event_count: eventCount,
  value_count: valueCount,
  value_sum: valueSum,
  value_avg: valueAverage,
  value_percentile: valuePercentile,
  value_median: valuePercentile,
  temporal,
  temporal_ordered: temporalOrdered,
}
