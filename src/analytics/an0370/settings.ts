import type { Context } from '../../context/context.ts'
import { cell, type Row } from '../../context/row.ts'

/** What the organisation sets for the analytic. */
export interface Settings {
  /** Does it look at an identity with one of these names? */
  readonly looksAt: (names: readonly string[]) => boolean
  /** Is data expected to go to that country? */
  readonly expects: (country: string) => boolean
  /** Does that entry of `sensitive_buckets` say that the bucket is sensitive? */
  readonly isSensitive: (entry: Row | undefined) => boolean
  /** Distinct objects, and bytes, that are bulk in ten minutes. */
  readonly bulkObjects: number
  readonly bulkBytes: number
  /** ms after a read within which what the machine sends is its consequence. */
  readonly egressWindow: number
}

/** From the least to the most; a bucket of logs is sensitive whatever the threshold. */
const CLASSES: readonly string[] = ['public', 'internal', 'confidential', 'restricted', 'regulated']

export function settingsOf({ parameters, lookups }: Context): Settings {
  const values = (name: string): readonly string[] => parameters.get(name)?.values ?? []
  const identities = values('IAMRoleContext')
  const everybody = identities.includes('*')
  const countries = new Set(values('GeoDestinationThreshold'))
  const least = CLASSES.indexOf(values('SensitiveFrom')[0] ?? 'confidential')
  return {
    looksAt: names => everybody || names.some(name => identities.some(one => lookups.is(one, name))),
    expects: country => countries.has(country),
    isSensitive(entry) {
      const word = entry === undefined ? undefined : cell(entry, 'classification')
      return word === 'log' || (word !== undefined && CLASSES.indexOf(word) >= least)
    },
    bulkObjects: Number(values('BulkObjects')[0] ?? 100),
    bulkBytes: Number(values('BulkBytes')[0] ?? 1_073_741_824),
    egressWindow: parameters.get('EgressWindow')?.ms ?? 3_600_000,
  }
}
