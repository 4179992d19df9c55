import { type JsonObject, textMember } from '../../core/json.ts'
import { type Importer, listOf, listUnder, scalar, tag } from './importer.ts'

/** Macie's and Config's inventories of buckets, and tables with a column of bucket names. */
export const bucketInventory: Importer = {
  prints: 'an inventory of buckets by Macie or Config',
  tables: ['sensitive_buckets', 'owned_buckets'],
  items(value) {
    const listed =
      listUnder(value, 'buckets') ?? listUnder(value, 'configurationItems') ?? listUnder(value, 'Results')
    return listed ?? listOf(value, item => nameOf(item) !== undefined)
  },
  row(item) {
    const type = first(item, 'resourceType')
    if (type !== undefined && type !== 'AWS::S3::Bucket') return `it is a ${type}, not a bucket`
    const name = nameOf(item)
    if (name === undefined) return 'it has no name of a bucket'
    const classified = first(item, 'classification') ?? tag(item, 'classification', 'dataclassification')
    return {
      name,
      provider: first(item, 'provider')?.toLowerCase() ?? 'aws',
      account: first(item, 'accountId', 'awsAccountId', 'account', 'account_id'),
      region: first(item, 'region', 'awsRegion'),
      classification: classified?.toLowerCase(),
      data_owner: first(item, 'data_owner', 'dataOwner') ?? tag(item, 'dataowner', 'owner'),
    }
  },
}

function nameOf(item: JsonObject): string | undefined {
  const resource = textMember(item, 'resourceType') === 'AWS::S3::Bucket'
  const named = resource ? first(item, 'resourceName', 'resourceId') : undefined
  return named ?? first(item, 'bucketName', 'bucket_name', 'bucket', 'Bucket', 'Bucket name')
}

function first(item: JsonObject, ...names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = scalar(item, name)
    if (value !== undefined) return value
  }
  return undefined
}
