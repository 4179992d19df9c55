import { type Outcome, ok, Problems, refused } from '../../core/diagnostic.ts'
import { placesIn } from '../../core/places.ts'
import { get, kindOf, listed, type TreeMap } from '../../lang/sigma/tree.ts'
import { readYaml } from '../../lang/sigma/yaml.ts'
import { sources } from '../sources.ts'
import { checkKeys, fromOf, MOST, mapAt, patternsOf, textsUnder, textUnder } from './map-values.ts'
import { readForm } from './read-form.ts'
import { knownLogMap, readKnownLog } from './read-known-log.ts'
import { readTime } from './read-time.ts'
import { EVENT_PARTS, type FieldTest, type From, type MapOutcome, type SourceMap } from './source-map.ts'

/** UTF-16 units that a mapping file may have. */
const LONGEST = 256 * 1024

/** Reads a mapping file: one YAML map that describes one log. All that is wrong with it is told, with its place. */
export function readSourceMap(text: string): Outcome<SourceMap> {
  const problems = new Problems()
  const places = placesIn(text)
  if (text.length > LONGEST) {
    const help = `the limit is ${LONGEST} characters`
    problems.error('source-map/size', `a mapping of ${text.length} characters is too large`, { help })
    return refused(problems.list)
  }
  const root = readYaml(text, 0, places, problems)
  if (root !== undefined && root.kind !== 'map')
    problems.error('source-map/type', `a mapping is a map of keys, and this is ${kindOf(root)}`, {
      at: root.at,
    })
  if (root === undefined && !problems.failed)
    problems.error('source-map/missing-key', 'there is no mapping in the file', { at: places(0, 1) })
  const map = root?.kind === 'map' ? readMap(root, problems) : undefined
  const said = problems.list.map(one => ({ ...one, code: one.code.replace(/^sigma\//, 'source-map/') }))
  return map === undefined || problems.failed ? refused(said) : ok(map, said)
}

const KEYS = [
  ...['id', 'title', 'description', 'logsource', 'form', 'columns', 'separator', 'comment', 'records'],
  ...['recognise', 'time', 'event_id', 'fields', 'entities', 'event', 'sourcetypes', 'source_categories'],
]

function readMap(root: TreeMap, problems: Problems): SourceMap | undefined {
  const readsAs = readKnownLog(root, problems)
  const id = readId(root, problems)
  const form = readForm(root, problems)
  const recognise = readTests(root, problems)
  const title = textUnder(root, 'title', problems)
  const records = textsUnder(root, 'records', problems)
  if (id !== undefined && form !== undefined && readsAs !== undefined)
    return knownLogMap({ id, title: title ?? id, form, records, recognise, readsAs })
  if (get(root, 'reads_as') !== undefined) return undefined
  checkKeys(root, KEYS, 'a mapping', problems)
  const time = readTime(root, problems)
  const eventId = readFrom(root, 'event_id', problems)
  const event = readEvent(root, problems)
  const fields = readFields(root, problems)
  const logsource = readLogSource(root, problems)
  const [sourcetypes, sourceCategories] = ['sourcetypes', 'source_categories'].map(key =>
    textsUnder(root, key, problems),
  )
  if (id === undefined || form === undefined) return undefined
  const own = (names: readonly string[] | undefined): readonly string[] =>
    names === undefined || names.length === 0 ? [id] : names
  return {
    id,
    title: title ?? id,
    logsource,
    form,
    records,
    recognise,
    ...(time === undefined ? {} : { time }),
    ...(eventId === undefined ? {} : { eventId }),
    fields,
    ...event,
    sourcetypes: own(sourcetypes),
    sourceCategories: own(sourceCategories),
  }
}

function missing(root: TreeMap, key: string, help: string, problems: Problems): void {
  problems.error('source-map/missing-key', `the mapping has no "${key}"`, {
    at: root.entries[0]?.keyAt ?? root.at,
    help,
  })
}

function readId(root: TreeMap, problems: Problems): string | undefined {
  const id = textUnder(root, 'id', problems)
  const at = get(root, 'id')?.at
  if (id === undefined) missing(root, 'id', 'name the log in small letters: id: proxy-clicks', problems)
  else if (!/^[a-z][a-z0-9-]{0,39}$/.test(id))
    problems.error('source-map/id', `"${id}" is no id of a log`, {
      at,
      help: 'small letters, digits and hyphens, at most 40',
    })
  else if (id === 'generic' || sources.some(source => source.id === id))
    problems.error('source-map/id', `there is a log source "${id}" already`, {
      at,
      help: 'call it otherwise',
    })
  return id
}

function readLogSource(root: TreeMap, problems: Problems): SourceMap['logsource'] {
  const map = mapAt(root, 'logsource', problems)
  if (map === undefined) {
    if (get(root, 'logsource') === undefined)
      missing(root, 'logsource', 'say what rules call it: logsource: {category: proxy}', problems)
    return { products: [], services: [], categories: [] }
  }
  checkKeys(map, ['product', 'service', 'category'], '"logsource"', problems)
  const words = (key: string): readonly string[] =>
    textsUnder(map, key, problems).map(word => word.toLowerCase())
  const logsource = { products: words('product'), services: words('service'), categories: words('category') }
  if (Object.values(logsource).every(list => list.length === 0))
    problems.error('source-map/logsource', 'the log source has neither product, service nor category', {
      at: map.at,
    })
  return logsource
}

function readTests(root: TreeMap, problems: Problems): readonly FieldTest[] {
  const map = mapAt(root, 'recognise', problems)
  if (map === undefined || map.entries.length === 0) {
    if (map !== undefined || get(root, 'recognise') === undefined)
      missing(root, 'recognise', "name fields and their values: recognise: {kind: click, url: '*'}", problems)
    return []
  }
  tooMany(map, 'recognise', problems)
  return map.entries.slice(0, MOST).map(({ key, value }) => {
    const there = value.kind === 'scalar' && value.text.trim() === '*'
    return { name: key, patterns: there ? [] : nonEmpty(value, key, problems) }
  })
}

function nonEmpty(value: TreeMap['entries'][number]['value'], key: string, problems: Problems) {
  const patterns = patternsOf(value, key, problems)
  if (patterns.length === 0)
    problems.error('source-map/type', `"${key}" has no value to be known by`, {
      at: value.at,
      help: "write a value, or '*' if it only has to be there",
    })
  return patterns
}

function readFields(root: TreeMap, problems: Problems): SourceMap['fields'] {
  const map = mapAt(root, 'fields', problems)
  if (map === undefined) return []
  tooMany(map, 'fields', problems)
  return map.entries.slice(0, MOST).flatMap(({ key, keyAt, value }) => {
    if (!/^[\w.@-]{1,100}$/.test(key) || key.startsWith('_'))
      problems.error('source-map/field', `"${key}" is no name for a field`, {
        at: keyAt,
        help: 'letters, digits, _ . @ and -, no _ in front',
      })
    const from = fromOf(value, key, problems)
    return from === undefined ? [] : [{ name: key, from }]
  })
}

function tooMany(map: TreeMap, what: string, problems: Problems): void {
  if (map.entries.length > MOST)
    problems.error('source-map/size', `"${what}" has over ${MOST} entries`, { at: map.at })
}

function readFrom(map: TreeMap, key: string, problems: Problems): From | undefined {
  const tree = get(map, key)
  return tree === undefined ? undefined : fromOf(tree, key, problems)
}

const ENTITIES = ['actor', 'address', 'account', 'session', 'key', 'resources']
const EVENT = ['action', 'service', 'region', 'user_agent', 'error', 'outcome']

/** What is there unless the mapping says otherwise: names of `fields`, or of the record. */
const USUAL: SourceMap['event'] = {
  actor: { kind: 'fields', names: ['user'] },
  address: { kind: 'fields', names: ['address'] },
  user_agent: { kind: 'fields', names: ['user_agent'] },
  action: { kind: 'fields', names: ['action', 'method'] },
}
const USUAL_RESOURCES: readonly From[] = [{ kind: 'fields', names: ['url', 'host'] }]

function readEvent(root: TreeMap, problems: Problems): Pick<SourceMap, 'event' | 'resources' | 'outcome'> {
  const entities = mapAt(root, 'entities', problems)
  const event = mapAt(root, 'event', problems)
  if (entities !== undefined) checkKeys(entities, ENTITIES, '"entities"', problems)
  if (event !== undefined) checkKeys(event, EVENT, '"event"', problems)
  const said = EVENT_PARTS.flatMap(part => {
    const from = [entities, event].flatMap(map =>
      map === undefined ? [] : (readFrom(map, part, problems) ?? []),
    )
    return from.map(one => [part, one] as const)
  })
  const resources = entities === undefined ? undefined : get(entities, 'resources')
  const outcome = event === undefined ? undefined : readOutcome(event, problems)
  return {
    event: { ...USUAL, ...Object.fromEntries(said) },
    resources:
      resources === undefined
        ? USUAL_RESOURCES
        : listed(resources).flatMap(tree => fromOf(tree, 'resources', problems) ?? []),
    ...(outcome === undefined ? {} : { outcome }),
  }
}

function readOutcome(event: TreeMap, problems: Problems): MapOutcome | undefined {
  const map = mapAt(event, 'outcome', problems)
  if (map === undefined) return undefined
  checkKeys(map, ['of', 'succeeded', 'denied'], '"outcome"', problems)
  const of = readFrom(map, 'of', problems)
  const [succeeded = [], denied = []] = ['succeeded', 'denied'].map(key =>
    patternsOf(get(map, key), key, problems),
  )
  if (of !== undefined && succeeded.length + denied.length > 0) return { of, succeeded, denied }
  problems.error('source-map/outcome', 'the outcome needs a field and what it says of it', {
    at: map.at,
    help: 'write it like outcome: {of: verdict, succeeded: [allowed], denied: [blocked]}',
  })
  return undefined
}
