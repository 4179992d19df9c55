import type { Problems } from '../../core/diagnostic.ts'
import { get, type TreeMap } from '../../lang/sigma/tree.ts'
import { checkKeys, textsOf, textsUnder, textUnder } from './map-values.ts'
import type { MapTime, TimeFormat } from './source-map.ts'
import { timeReader } from './time-pattern.ts'

/** Where the time of an event stands: a field, or `{field, format, zone}`. */
export function readTime(root: TreeMap, problems: Problems): MapTime | undefined {
  const tree = get(root, 'time')
  if (tree === undefined) {
    problems.error('source-map/missing-key', 'the mapping has no "time"', {
      at: root.entries[0]?.keyAt ?? root.at,
      help: 'name the field: time: {field: timestamp, format: any}',
    })
    return undefined
  }
  if (tree.kind !== 'map') return withFields(textsOf(tree, 'time', problems), tree, problems)
  checkKeys(tree, ['field', 'format', 'zone'], '"time"', problems)
  const zone = readZone(tree, problems)
  const format = readFormat(tree, zone, problems)
  return withFields(textsUnder(tree, 'field', problems), tree, problems, { format, zone })
}

function withFields(
  fields: readonly string[],
  tree: Pick<TreeMap, 'at'>,
  problems: Problems,
  how: Omit<MapTime, 'fields'> = { format: { kind: 'any' }, zone: 0 },
): MapTime | undefined {
  if (fields.length > 0) return { fields, ...how }
  problems.error('source-map/time', 'the time names no field', { at: tree.at, help: 'add "field:"' })
  return undefined
}

/** `any`, `seconds`, `milliseconds`, or a pattern of `strptime`. */
function readFormat(map: TreeMap, zone: number, problems: Problems): TimeFormat {
  const text = textUnder(map, 'format', problems) ?? 'any'
  if (text === 'any' || text === 'seconds' || text === 'milliseconds') return { kind: text }
  const reader = text.includes('%') ? timeReader(text, zone) : 'it has no directive such as %Y'
  if (typeof reader === 'string')
    problems.error('source-map/time', `"${text}" is no format of a time: ${reader}`, {
      at: get(map, 'format')?.at,
      help: "write any, seconds, milliseconds or a pattern: '%d/%b/%Y:%H:%M:%S %z'",
    })
  return { kind: 'pattern', text }
}

/** Minutes east of UTC. */
function readZone(map: TreeMap, problems: Problems): number {
  const text = textUnder(map, 'zone', problems)
  if (text === undefined || text === 'UTC' || text === 'Z') return 0
  const parts = /^([+-])(\d\d):?(\d\d)$/.exec(text)
  const minutes = Number(parts?.[2]) * 60 + Number(parts?.[3])
  if (parts !== null && minutes <= 14 * 60) return parts[1] === '-' ? -minutes : minutes
  problems.error('source-map/time', `"${text}" is no zone`, {
    at: get(map, 'zone')?.at,
    help: "write UTC or a distance from it in quotes: '+02:00'",
  })
  return 0
}
