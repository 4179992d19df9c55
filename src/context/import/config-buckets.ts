import { type JsonObject, textMember } from '../../core/json.ts'
import { accountOf, itemsOfTypes } from './config-items.ts'
import { type ImportedCells, type Importer, tag } from './importer.ts'

const BUCKET = 'AWS::S3::Bucket'
const PRINTS = 'AWS Config'

/** Buckets that AWS Config knows, where a tag says how much their data matters; all of them, if they are asked for. */
export const configSensitiveBuckets: Importer = {
  prints: PRINTS,
  tables: ['sensitive_buckets'],
  items(value, table) {
    const buckets = itemsOfTypes(value, BUCKET)
    const wanted = table === undefined ? buckets?.filter(item => classification(item) !== undefined) : buckets
    return wanted?.length === 0 ? undefined : wanted
  },
  row: item => ({
    ...bucket(item),
    classification: classification(item),
    data_owner: tag(item, 'dataowner', 'owner'),
  }),
}

/** Every bucket that AWS Config knows. */
export const configOwnedBuckets: Importer = {
  prints: PRINTS,
  tables: ['owned_buckets'],
  items: value => itemsOfTypes(value, BUCKET),
  row: item => ({ ...bucket(item), region: textMember(item, 'awsRegion') }),
}

function bucket(item: JsonObject): ImportedCells {
  return {
    name: textMember(item, 'resourceName') ?? textMember(item, 'resourceId'),
    provider: 'aws',
    account: accountOf(item),
  }
}

function classification(item: JsonObject): string | undefined {
  return tag(item, 'classification', 'dataclassification')?.toLowerCase()
}
