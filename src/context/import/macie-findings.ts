import { isObject, type Json, type JsonObject, member, objectMember, textMember } from '../../core/json.ts'
import { type Importer, listOf, listUnder, tag } from './importer.ts'

/** Buckets in which Macie found sensitive data: `get-findings`, or the events that it sends. */
export const macieFindings: Importer = {
  prints: 'aws macie2 get-findings',
  tables: ['sensitive_buckets'],
  items(value) {
    const findings = findingsOf(value)
    if (findings === undefined) return undefined
    // Of the findings of one bucket the one on the data that matters most.
    const byPlace = findings.filter(isObject).map(finding => ({ finding, ...facts(finding) }))
    const kept = new Map(
      byPlace
        .sort((a, b) => a.place - b.place)
        .map(({ finding, name, classification }) => [name, { name, classification, finding }] as const),
    )
    return [...kept.values()].map(({ name, classification, finding }) => ({
      ...bucketOf(finding),
      ...(name === undefined ? {} : { bucketName: name }),
      classification,
      accountId: textMember(finding, 'accountId') ?? '',
    }))
  },
  row(item) {
    const name = textMember(item, 'bucketName')
    if (name === undefined) return 'it has no name of a bucket'
    return {
      name,
      provider: 'aws',
      account: textMember(item, 'accountId'),
      classification:
        tag(item, 'classification', 'dataclassification')?.toLowerCase() ??
        textMember(item, 'classification'),
      data_owner: tag(item, 'dataowner', 'owner'),
    }
  },
}

/** Findings on data alone, not on the settings of buckets. */
function findingsOf(value: Json): readonly Json[] | undefined {
  const list = listUnder(value, 'findings') ?? listOf(value, () => true) ?? [value]
  const findings = list.map(inEvent).filter(isObject).filter(isFinding)
  return findings.length === 0 ? undefined : findings.filter(isSensitive)
}

/** What EventBridge hands on. */
function inEvent(item: Json): Json {
  return isObject(item) ? (member(item, 'detail') ?? item) : item
}

function isFinding(item: JsonObject): boolean {
  return (
    objectMember(item, 'resourcesAffected') !== undefined &&
    /^(?:SensitiveData|Policy):/.test(textMember(item, 'type') ?? '')
  )
}

function isSensitive(item: JsonObject): boolean {
  return isFinding(item) && (textMember(item, 'type') ?? '').startsWith('SensitiveData:')
}

/** How much data of each of Macie's categories matters, the least first. */
const CATEGORIES: ReadonlyMap<string, string> = new Map([
  ['CUSTOM_IDENTIFIER', 'confidential'],
  ['CREDENTIALS', 'restricted'],
  ['FINANCIAL_INFORMATION', 'regulated'],
  ['PERSONAL_INFORMATION', 'regulated'],
])
const ORDER = ['confidential', 'restricted', 'regulated']

function facts(finding: JsonObject): {
  readonly name: string | undefined
  readonly classification: string
  readonly place: number
} {
  const result = objectMember(objectMember(finding, 'classificationDetails') ?? {}, 'result') ?? {}
  const found = member(result, 'sensitiveData')
  const categories = (Array.isArray(found) ? found : [])
    .filter(isObject)
    .flatMap(one => textMember(one, 'category') ?? [])
  const place = Math.max(0, ...categories.map(category => ORDER.indexOf(CATEGORIES.get(category) ?? '')))
  return {
    name: textMember(bucketOf(finding), 'name'),
    classification: ORDER[place] ?? 'confidential',
    place,
  }
}

function bucketOf(finding: JsonObject): JsonObject {
  return objectMember(objectMember(finding, 'resourcesAffected') ?? {}, 's3Bucket') ?? {}
}
