import type { JsonObject } from '../../core/json.ts'
import { type Importer, listOf, listUnder, scalar, tag } from './importer.ts'

/** Macie's inventory of buckets, and tables with a column of bucket names. */
export const bucketInventory: Importer = {
  prints: 'aws macie2 describe-buckets or a table of buckets',
  tables: ['sensitive_buckets', 'owned_buckets'],
  items(value) {
    return listUnder(value, 'buckets') ?? listOf(value, item => nameOf(item) !== undefined)
  },
  row(item) {
    const name = nameOf(item)
    if (name === undefined) return 'it has no name of a bucket'
    const classified = first(item, 'classification') ?? tag(item, 'classification', 'dataclassification')
    // Macie's score of automated discovery: 50 is not yet looked at, above it sensitive data was found.
    const scored = Number(first(item, 'sensitivityScore')) > 50 ? 'confidential' : undefined
    return {
      name,
      provider: first(item, 'provider')?.toLowerCase() ?? 'aws',
      account: first(item, 'accountId', 'awsAccountId', 'account', 'account_id'),
      region: first(item, 'region', 'awsRegion'),
      classification: classified?.toLowerCase() ?? scored,
      data_owner: first(item, 'data_owner', 'dataOwner') ?? tag(item, 'dataowner', 'owner'),
    }
  },
}

function nameOf(item: JsonObject): string | undefined {
  return first(item, 'bucketName', 'bucket_name', 'bucket', 'Bucket', 'Bucket name')
}

function first(item: JsonObject, ...names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = scalar(item, name)
    if (value !== undefined) return value
  }
  return undefined
}
