import { textMember } from '../../core/json.ts'
import { type Importer, listUnder } from './importer.ts'

export const awsBuckets: Importer = {
  prints: 'aws s3api list-buckets',
  tables: ['owned_buckets', 'sensitive_buckets'],
  items: value => listUnder(value, 'Buckets'),
  row(bucket) {
    const name = textMember(bucket, 'Name')
    return name === undefined
      ? 'it has no Name'
      : { name, provider: 'aws', region: textMember(bucket, 'BucketRegion') }
  },
}
