import type { Analytic } from '../analytic.ts'
import { awsFlows } from '../flow-bases.ts'
import { TABLES } from './coverage.ts'
import { meta } from './meta.ts'
import { readings } from './readings.ts'
import { Run } from './run.ts'
import { selectorChanges } from './selectors.ts'

/** Movement of objects from sensitive buckets to external endpoints. */
export const an0370: Analytic = {
  meta,
  bases: [...readings.map(({ base }) => base), selectorChanges, awsFlows],
  parameters: [
    ...['IAMRoleContext', 'GeoDestinationThreshold', 'SensitiveFrom', 'BulkObjects', 'BulkBytes'],
    'EgressWindow',
  ],
  clears: ['T1537', 'T1530', 'T1048', 'T1567', 'T1567.002', 'T1119', 'T1213.006', 'T1578.001'],
  tables: [...TABLES, 'vpc_endpoints', 'identities', 'blocked_destinations', 'provider_networks'],
  start: world => new Run(world),
}
