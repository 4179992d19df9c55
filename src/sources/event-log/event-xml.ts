import type { Json, JsonObject } from '../../core/json.ts'
import { type Growing, put } from '../put.ts'
import { completed } from './complete.ts'
import { add, systemMember } from './members.ts'
import { decoded, type XmlToken, xmlTokens } from './xml-tokens.ts'

/** More members than any event has. */
const MOST_MEMBERS = 2000

/**
 * The event in the XML of one `<Event>`, as the Windows event log and Sysmon for Linux print it, under its native names.
 * `undefined` if it is none. Names of members are taken without spaces, as rules write them.
 */
export function eventOfXml(xml: string): JsonObject | undefined {
  const reading = membersOfXml(xml)
  const event: Growing = {}
  for (const [name, value] of reading.system) put(event, name, value)
  for (const [name, value] of reading.data) put(event, name, value)
  for (const name of IDENTITY) {
    const value = reading.system.get(name)
    if (value !== undefined) put(event, name, value)
  }
  return event['EventID'] === undefined ? undefined : completed(event)
}

/** The members in a piece of XML with `EventData` or `UserData`, such as Sentinel's `EventData` column. */
export function dataOfXml(xml: string): ReadonlyMap<string, Json> {
  return membersOfXml(xml).data
}

/** What an event's own data cannot replace. */
export const IDENTITY = [
  'EventID',
  'Channel',
  'Provider_Name',
  'Computer',
  'TimeCreated',
  'EventRecordID',
] as const

interface Reading {
  readonly system: Map<string, Json>
  readonly data: Map<string, Json>
}

/** An element that is open. */
interface Open {
  readonly name: string
  /** The `Name` of a `Data`. */
  readonly label: string | undefined
  text: string
  leaf: boolean
}

type Section = 'System' | 'EventData' | 'UserData' | 'RenderingInfo'

function membersOfXml(xml: string): Reading {
  const reading: Reading = { system: new Map(), data: new Map() }
  const open: Open[] = []
  let section: Section | undefined
  for (const token of xmlTokens(xml)) {
    const top = open.at(-1)
    if (token.kind === 'text') {
      if (top !== undefined) top.text += token.text
    } else if (token.kind === 'open') {
      if (top !== undefined) top.leaf = false
      if (isSection(token.name)) section = token.name
      else if (section === 'System') attributes(reading, token)
      const label = token.name === 'Data' ? labelOf(token) : undefined
      open.push({ name: token.name, label, text: '', leaf: true })
      if (token.empty) close(reading, open, section)
    } else if (isSection(token.name)) {
      open.pop()
      section = undefined
    } else close(reading, open, section)
    if (reading.system.size + reading.data.size > MOST_MEMBERS) break
  }
  return reading
}

function isSection(name: string): name is Section {
  return name === 'System' || name === 'EventData' || name === 'UserData' || name === 'RenderingInfo'
}

function attributes({ system }: Reading, { name, attributes: found }: XmlToken & { kind: 'open' }): void {
  for (const [attribute, value] of found) {
    const member = systemMember(name, attribute)
    if (member !== undefined) system.set(member, value)
  }
}

function labelOf({ attributes: found }: XmlToken & { kind: 'open' }): string | undefined {
  return found.find(([name]) => name === 'Name')?.[1]
}

/** Takes the value of an element that ends; only those without elements inside have one. */
function close({ system, data }: Reading, open: Open[], section: Section | undefined): void {
  const element = open.pop()
  if (element === undefined || !element.leaf || section === undefined) return
  const text = decoded(element.text)
  if (section === 'System') {
    if (!NO_VALUE.has(element.name)) system.set(element.name, text)
  } else if (section === 'RenderingInfo') {
    if (element.name === 'Message') system.set('Message', text)
  } else add(data, element.label ?? element.name, text)
}

/** They have attributes only. */
const NO_VALUE: ReadonlySet<string> = new Set([
  'Provider',
  'TimeCreated',
  'Execution',
  'Security',
  'Correlation',
])
