import { type JsonObject, textMember } from '../../core/json.ts'
import { type Importer, listOf, tag } from './importer.ts'

/** Buckets as `gcloud storage` prints them, also with `--raw`. */
export const gcpBuckets: Importer = {
  prints: 'gcloud storage buckets list',
  tables: ['owned_buckets', 'sensitive_buckets'],
  items: value => listOf(value, isBucket),
  row(bucket) {
    const name = textMember(bucket, 'name')
    if (name === undefined) return 'it has no name'
    return {
      name,
      provider: 'gcp',
      region: textMember(bucket, 'location')?.toLowerCase(),
      classification: tag(bucket, 'classification', 'dataclassification')?.toLowerCase(),
      data_owner: tag(bucket, 'dataowner', 'owner'),
    }
  },
}

function isBucket(item: JsonObject): boolean {
  return (
    textMember(item, 'storage_url')?.startsWith('gs://') === true ||
    textMember(item, 'kind') === 'storage#bucket'
  )
}
