import { eventJson } from '../../core/event-json.ts'
import { parseTime } from '../../core/time.ts'
import type { FieldWish } from '../../plan/lowering.ts'
import type { Cell } from '../../plan/relation.ts'
import { type Alias, aliasValue, nativesOf, translates } from '../../sources/aliases/alias.ts'
import { aliasesFor, aliasFor } from '../../sources/aliases/aliases.ts'
import { keyValues } from '../../sources/fields/key-values.ts'
import { splunkFields } from '../../sources/fields/splunk.ts'
import { sumoFields } from '../../sources/fields/sumo.ts'
import { wanted } from '../../sources/fields/wanted.ts'
import { generic } from '../../sources/generic/generic.ts'
import type { Source, Tags } from '../../sources/source.ts'
import { collected } from './collected.ts'
import type { FoundEvent } from './member-events.ts'
import { ownText } from './own-text.ts'

/** Whose names the fields of events have. */
export type FieldStyle = 'splunk' | 'sumo'

/** An event on its way into a table. */
export type LoadedEvent = Pick<FoundEvent, 'source' | 'record' | 'text' | 'file' | 'number'> &
  Partial<Pick<FoundEvent, 'made' | 'bytes' | 'around'>>

/** Makes an event a row: its fields, what other products call them, its time and its text, as far as wished. */
export type RowMaker = (found: LoadedEvent) => Map<string, Cell>

export function rowMaker(style: FieldStyle, wish: FieldWish): RowMaker {
  const plans = new Map<Source, Plan>()
  return found => {
    let plan = plans.get(found.source)
    if (plan === undefined) {
      plan = planFor(found.source, style, wish)
      plans.set(found.source, plan)
    }
    return eventRow(found, style, plan)
  }
}

/** What the rows of one source need. */
interface Plan {
  readonly wish: FieldWish
  readonly aliases: readonly (readonly [name: string, alias: Alias])[]
  /** The only fields to be read; absent: all. */
  readonly only?: ReadonlySet<string>
}

function planFor(source: Source, style: FieldStyle, wish: FieldWish): Plan {
  const all = Object.keys(aliasesFor(source)).flatMap(name => {
    const alias = aliasFor(source, name, { style, ...wish })
    return alias === undefined ? [] : [[name, alias] as const]
  })
  if (wish.all) return { wish, aliases: all }
  const aliases = all.filter(([name]) => wish.names.has(name))
  // A message that is no JSON is read for pairs.
  if (source === generic) return { wish, aliases }
  const { inside } = source
  const elsewhere = inside === undefined ? [] : [...wish.names].map(name => inside + name)
  const names = [...wish.names, ...elsewhere, ...aliases.flatMap(([, alias]) => nativesOf(alias))]
  return { wish, aliases, only: wanted(style === 'sumo' ? names.map(name => name.toLowerCase()) : names) }
}

function eventRow(found: LoadedEvent, style: FieldStyle, plan: Plan): Map<string, Cell> {
  const { source, record, file } = found
  const { wish, only } = plan
  const native = style === 'splunk' ? splunkFields(record, only) : sumoFields(record, only)
  if (style === 'splunk' && source === generic) addPairs(native)
  const names = wish.all || style === 'splunk' ? wish.names : inAnyCase(wish.names, native)
  const row = wish.all ? native : chosen(native, names)
  addAliases(row, native, plan.aliases)
  if (style === 'splunk' && source.inside !== undefined) addInside(row, native, wish.names, source.inside)
  const tags = source.tagsOf?.(record) ?? source.tags
  const put = (name: string, value: Cell): void => {
    if ((wish.all || names.has(name)) && !native.has(name) && !row.has(name)) row.set(name, value)
  }
  // What a collector says of it goes before what is commonly said.
  for (const [name, value] of collected(found.around)) put(name, value)
  if (wish.all || names.has('_raw')) put('_raw', messageOf(found))
  if (style === 'sumo') {
    put('_sourceCategory', tags.sourceCategories)
    put('_sourceName', file)
  } else {
    const own = ownNames(tags, record)
    put('sourcetype', own.length === 0 ? tags.sourcetypes : [...tags.sourcetypes, ...own])
    const sources = [...(tags.sources ?? []), ...own]
    put('source', sources.length === 0 ? file : [file, ...sources])
  }
  const time = timeOf(source.eventTime(record))
  if (time !== undefined) row.set('_time', time)
  return row
}

/** The event as a lake gives it: JSON printed anew, and a text of which the event was made as it stood, but for white space in JSON. */
function messageOf(found: LoadedEvent): string {
  if (found.source === generic) return found.text
  const own = ownText(found)
  return own === undefined ? eventJson(found.record) || found.text : withoutSpace(own)
}

function ownNames({ named }: Tags, record: LoadedEvent['record']): readonly string[] {
  const value = named === undefined ? undefined : record[named.field]
  return named === undefined || typeof value !== 'string' ? [] : named.before.map(text => text + value)
}

/** JSON with white space behind its first brace or around its first colon was written again; collectors have none. */
const SPACED = /^\{(?:\s|"[^"\\]*"(?:\s|:\s))/

function withoutSpace(text: string): string {
  if (!SPACED.test(text)) return text
  return text.replace(/"[^"\\]*(?:\\.[^"\\]*)*"|\s+/g, part => (part.startsWith('"') ? part : ''))
}

/** The names, and those of the fields that differ from them in case alone, which Sumo Logic does not tell apart. */
function inAnyCase(names: ReadonlySet<string>, native: ReadonlyMap<string, Cell>): ReadonlySet<string> {
  const lower = new Set([...names].map(name => name.toLowerCase()))
  const others = [...native.keys()].filter(name => !names.has(name) && lower.has(name.toLowerCase()))
  return others.length === 0 ? names : new Set([...names, ...others])
}

/** Of a message that is no JSON Splunk extracts the pairs in it. */
function addPairs(native: Map<string, Cell>): void {
  const message = native.get('_raw')
  if (typeof message !== 'string' || message.startsWith('{')) return
  for (const [name, value] of keyValues(message)) if (!native.has(name)) native.set(name, value)
}

function chosen(native: Map<string, Cell>, names: ReadonlySet<string>): Map<string, Cell> {
  const row = new Map<string, Cell>()
  for (const name of names) {
    const value = native.get(name)
    if (value !== undefined) row.set(name, value)
  }
  return row
}

/** What other collectors have at the top. */
function addInside(
  row: Map<string, Cell>,
  native: ReadonlyMap<string, Cell>,
  names: ReadonlySet<string>,
  inside: string,
): void {
  for (const name of names) {
    const value = row.has(name) ? undefined : native.get(inside + name)
    if (value !== undefined) row.set(name, value)
  }
}

function addAliases(
  row: Map<string, Cell>,
  native: ReadonlyMap<string, Cell>,
  aliases: Plan['aliases'],
): void {
  const read = {
    one: (name: string): string | undefined => {
      const value = native.get(name)
      return told(Array.isArray(value) ? value[0] : value)
    },
    all: (name: string): readonly string[] => {
      const value = native.get(name)
      const values: readonly (Cell | undefined)[] = Array.isArray(value) ? value : [value]
      return values.flatMap(one => told(one) ?? [])
    },
  }
  for (const [name, alias] of aliases) {
    if (native.has(name) && !translates(alias, name)) continue
    const value = aliasValue(alias, read)
    if (value !== undefined) row.set(name, value)
  }
}

/** Splunk's word for JSON's null says nothing of an event. */
function told(value: Cell | undefined): string | undefined {
  return typeof value === 'string' && value !== 'null' ? value : undefined
}

/** Seconds since 1970 UTC. */
function timeOf(written: string | undefined): number | undefined {
  const time = written === undefined ? undefined : parseTime(written)
  return time === undefined ? undefined : time / 1000
}
