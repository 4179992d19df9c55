import { isObject, type Json, type JsonObject, member, objectMember, textMember } from '../../core/json.ts'
import { listUnder } from './importer.ts'
import { printed } from './printed.ts'

/**
 * The resources that AWS Config tells of: a snapshot or a history as it lies in a bucket, what `get-resource-config-history` and
 * `batch-get-resource-config` print, and the results of a query, which are texts of JSON. Deleted ones are left out.
 */
function configItems(value: Json): readonly JsonObject[] | undefined {
  const list =
    listUnder(value, 'configurationItems') ??
    listUnder(value, 'baseConfigurationItems') ??
    listUnder(value, 'Results')
  if (list === undefined) return undefined
  const items = list.map(opened).filter(isObject)
  if (items.length === 0 || !items.some(item => textMember(item, 'resourceType') !== undefined))
    return undefined
  return items.filter(
    item => !/^ResourceDeleted|^ResourceNotRecorded/.test(textMember(item, 'configurationItemStatus') ?? ''),
  )
}

/** Those of some types. */
export function itemsOfTypes(value: Json, ...types: readonly string[]): readonly JsonObject[] | undefined {
  const items = configItems(value)?.filter(item => types.includes(textMember(item, 'resourceType') ?? ''))
  return items === undefined || items.length === 0 ? undefined : items
}

/** What Config says of the resource itself, an object or a text of JSON. */
export function configuration(item: JsonObject): JsonObject {
  const own = opened(member(item, 'configuration') ?? null)
  return isObject(own) ? own : {}
}

/** The account, by whichever name the form has it. */
export function accountOf(item: JsonObject): string | undefined {
  return textMember(item, 'awsAccountId') ?? textMember(item, 'accountId')
}

/** The name that people gave it. */
export function nameTag(item: JsonObject): string | undefined {
  const tags = member(item, 'tags')
  if (Array.isArray(tags)) {
    const named = tags.filter(isObject).find(tag => textMember(tag, 'key') === 'Name')
    return named === undefined ? undefined : textMember(named, 'value')
  }
  return textMember(objectMember(item, 'tags') ?? {}, 'Name')
}

function opened(value: Json): Json {
  if (typeof value !== 'string' || !value.trimStart().startsWith('{')) return value
  const read = printed(value)
  return typeof read === 'string' ? value : read.value
}
