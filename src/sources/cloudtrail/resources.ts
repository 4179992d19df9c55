import { isObject, type Json, type JsonObject } from '../../core/json.ts'
import { partitionOf } from './arn.ts'
import { filled, objectOr } from './read.ts'
import { NAME_LISTS, NAMINGS, SETS } from './resource-names.ts'

const MOST = 20

/**
 * What was acted upon: first what CloudTrail itself lists under `resources`, then what the request names; ARNs,
 * else names, each once, at most 20. A bucket is given by its ARN, for so CloudTrail lists it.
 */
export function resourcesOf(record: JsonObject): readonly string[] {
  const found: string[] = []
  listed(record['resources'], found)
  const request = record['requestParameters']
  if (isObject(request)) requested(request, partitionOf(filled(record['awsRegion'])), found)
  return found
}

function listed(resources: Json | undefined, found: string[]): void {
  if (!Array.isArray(resources)) return
  for (const item of resources) {
    if (found.length >= MOST) return
    const resource = objectOr(item)
    // Lower case in other services' records; `lookup-events` and the console have names only.
    add(filled(resource['ARN'] ?? resource['arn'] ?? resource['ResourceName']), found)
  }
}

function requested(request: JsonObject, partition: string, found: string[]): void {
  for (const key in request) {
    if (found.length >= MOST) return
    const naming = NAMINGS.get(key)
    if (naming === 'name') add(filled(request[key]), found)
    else if (naming === 'bucket') add(bucketArn(filled(request[key]), partition), found)
    else if (NAME_LISTS.has(key)) addAll(request[key], found)
    else addSet(request[key], SETS.get(key), found)
  }
}

function bucketArn(bucket: string | undefined, partition: string): string | undefined {
  return bucket === undefined || bucket.startsWith('arn:') ? bucket : `arn:${partition}:s3:::${bucket}`
}

function addAll(list: Json | undefined, found: string[]): void {
  if (Array.isArray(list)) for (const item of list.slice(0, MOST)) add(filled(item), found)
}

function addSet(value: Json | undefined, members: readonly string[] | undefined, found: string[]): void {
  if (members === undefined) return
  const items = objectOr(value)['items']
  if (!Array.isArray(items)) return
  for (const item of items.slice(0, MOST)) {
    const resource = objectOr(item)
    const named = members.find(member => filled(resource[member]) !== undefined)
    if (named !== undefined) add(filled(resource[named]), found)
  }
}

function add(name: string | undefined, found: string[]): void {
  if (name !== undefined && found.length < MOST && !found.includes(name)) found.push(name)
}
