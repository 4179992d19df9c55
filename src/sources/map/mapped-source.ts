import type { EventOutcome, NormalEvent } from '../../core/event.ts'
import type { Json, JsonObject } from '../../core/json.ts'
import type { LogSource } from '../../core/log-source.ts'
import { compactJson } from '../../core/text.ts'
import { field } from '../../plan/expr.ts'
import type { Pattern } from '../../plan/pattern.ts'
import { globTest } from '../../scan/glob.ts'
import { type FieldReader, reader } from '../../scan/read.ts'
import { always } from '../aliases/words.ts'
import { says } from '../answering.ts'
import { at, listOf, plainAddress, text } from '../members.ts'
import { normalEvent } from '../normal-event.ts'
import { type Growing, growing, put } from '../put.ts'
import type { Source } from '../source.ts'
import { sources } from '../sources.ts'
import { timeWriter } from './mapped-time.ts'
import { hostOf, mappedAliases, sigmaNames, urlParts } from './normal-names.ts'
import type { FieldTest, From, MapOutcome, MapTime, SourceMap } from './source-map.ts'

/** What an event says in the words of all sources stands under this name, beside the record's own members. */
const EVENT = '_event'

/** The log that a mapping describes, as one of our own. */
export function mappedSource(map: SourceMap): Source {
  const known = sources.find(({ id }) => id === map.readsAs)
  if (known !== undefined) return knownSource(map, known)
  const tests = map.recognise.map(fieldTest)
  const { products, services, categories } = map.logsource
  return {
    id: map.id,
    title: map.title,
    tags: { sourcetypes: map.sourcetypes, sourceCategories: map.sourceCategories },
    aliases: { ...mappedAliases, vendor_product: always(map.title) },
    map,
    answers: (logsource: LogSource) => says(logsource, { products, services, categories }),
    recognises: record => tests.every(test => test(record)),
    flat: flattener(map),
    eventId: record => text(at(record, EVENT, 'id')),
    eventTime: record => text(at(record, EVENT, 'time')),
    normalise,
  }
}

/** A log of ours whose files do not tell what is what. */
function knownSource(map: SourceMap, known: Source): Source {
  const tests = map.recognise.map(fieldTest)
  return {
    ...known,
    map,
    recognises: record => tests.every(test => test(record)) && known.recognises(record),
  }
}

function normalise(record: JsonObject): NormalEvent {
  const said = (part: string): string | undefined => text(at(record, EVENT, part))
  return normalEvent({
    id: said('id'),
    timeText: said('time'),
    service: said('service'),
    action: said('action'),
    outcome: (said('outcome') as EventOutcome | undefined) ?? 'unknown',
    error: said('error'),
    account: said('account'),
    region: said('region'),
    actor: {
      principal: said('actor'),
      name: said('actor'),
      account: said('account'),
      session: said('session'),
      key: said('key'),
    },
    address: said('address'),
    userAgent: said('user_agent'),
    resources: listOf(at(record, EVENT, 'resources')).map(text),
  })
}

type Read = (record: JsonObject) => Json | undefined

/** Adds to a record the names of its map, Sigma's for these, and the event. A name of the map takes the place of a member. */
function flattener(map: SourceMap): (record: JsonObject) => JsonObject {
  const fields = map.fields.map(({ name, from }) => [name, fromRecord(from)] as const)
  const names = Object.entries(sigmaNames(map.logsource.categories))
  const event = eventReader(map)
  return record => {
    const grown = growing(record)
    for (const [name, read] of fields) {
      const value = read(record)
      if (value !== undefined) put(grown, name, value)
    }
    const url = text(grown['url'])
    if (url !== undefined) addUrl(grown, url, names.length > 0)
    for (const [name, others] of names) {
      const value = grown[name]
      if (value !== undefined) for (const other of others) add(grown, other, value)
    }
    put(grown, EVENT, event(record, grown))
    return grown
  }
}

function addUrl(grown: Growing, url: string, web: boolean): void {
  const host = hostOf(url)
  if (host !== undefined) add(grown, 'host', host)
  if (web) for (const [name, value] of urlParts(url)) add(grown, name, value)
}

function add(grown: Growing, name: string, value: Json): void {
  if (!Object.hasOwn(grown, name)) put(grown, name, value)
}

/** Time and id are read from the record as it came; the rest also by the names of the map. */
function eventReader(map: SourceMap): (record: JsonObject, grown: JsonObject) => JsonObject {
  const time = map.time === undefined ? undefined : timeOf(map.time)
  const id = map.eventId === undefined ? undefined : fromRecord(map.eventId)
  const outcome = map.outcome === undefined ? undefined : outcomeOf(map.outcome)
  const parts = Object.entries(map.event).map(([part, from]) => [part, fromRecord(from)] as const)
  const resources = map.resources.map(fromRecord)
  return (record, grown) => {
    const event = growing()
    const say = (part: string, value: string | undefined): void => {
      if (value !== undefined) event[part] = value
    }
    say('time', time?.(record))
    say('id', text(id?.(record)))
    say('outcome', outcome?.(grown))
    for (const [part, read] of parts) {
      const value = text(first(read(grown)))
      say(part, part === 'address' ? plainAddress(value) : value)
    }
    const about = resources.flatMap(read => asList(read(grown)).map(text)).filter(one => one !== undefined)
    if (about.length > 0) event['resources'] = about
    return event
  }
}

function timeOf({ fields, ...how }: MapTime): (record: JsonObject) => string | undefined {
  const parts = fields.map(name => readField(name))
  const write = timeWriter({ fields, ...how })
  return record => {
    const texts = parts.map(read => text(first(read(record))))
    return texts.includes(undefined) ? undefined : write(texts.join(' '))
  }
}

function outcomeOf({ of, succeeded, denied }: MapOutcome): (record: JsonObject) => EventOutcome | undefined {
  const read = fromRecord(of)
  const [did, failed] = [succeeded, denied].map(patterns => anyOf(patterns)) as [TextTest, TextTest]
  return record => {
    const value = text(first(read(record)))
    if (value === undefined) return undefined
    if (failed(value)) return 'denied'
    return did(value) ? 'succeeded' : undefined
  }
}

type TextTest = (text: string) => boolean

function anyOf(patterns: readonly Pattern[]): TextTest {
  const tests = patterns.map(pattern => globTest(pattern, true))
  return text => tests.some(test => test(text))
}

function fromRecord(from: From): Read {
  if (from.kind === 'value') return () => from.value
  const reads = from.names.map(readField)
  return record => {
    for (const read of reads) {
      const value = read(record)
      if (value !== undefined) return value
    }
    return undefined
  }
}

/** The value of a field, a list of them if it has several; null and empty texts count as absent. */
function readField(name: string): Read {
  const read: FieldReader = reader(field(name))
  return record => {
    const found: Json[] = []
    read(record, value => {
      if (value !== null && value !== '') found.push(value)
      return found.length >= MOST_VALUES
    })
    return found.length > 1 ? found : found[0]
  }
}

/** Of a list that a record holds. */
const MOST_VALUES = 100

function first(value: Json | undefined): Json | undefined {
  return Array.isArray(value) ? value[0] : value
}

function asList(value: Json | undefined): readonly (Json | undefined)[] {
  return Array.isArray(value) ? value : [value]
}

function fieldTest({ name, patterns }: FieldTest): (record: JsonObject) => boolean {
  const read = reader(field(name))
  const fits = anyOf(patterns)
  return record =>
    read(record, value => {
      if (value === null) return false
      if (patterns.length === 0) return true
      return fits(typeof value === 'object' ? compactJson(value) : String(value))
    })
}
