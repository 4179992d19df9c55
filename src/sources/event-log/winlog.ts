import { isObject, type Json, type JsonObject, member } from '../../core/json.ts'
import { type Growing, put } from '../put.ts'
import { completed } from './complete.ts'
import { add } from './members.ts'

/** The event in a document of Winlogbeat or Elastic's agent, under its native names. */
export function ofWinlog(document: JsonObject): JsonObject {
  const members = new Map<string, Json>()
  for (const [name, path] of SYSTEM) set(members, name, at(document, path))
  const system = new Set(members.keys())
  for (const section of ['winlog.event_data', 'winlog.user_data']) {
    for (const [name, value] of membersOf(document, section)) {
      if (value !== null && !system.has(name)) add(members, name, value)
    }
  }
  for (const [name, path] of MOVED) if (!members.has(name)) set(members, name, at(document, path))
  if (!members.has('User')) set(members, 'User', user(document))
  const event: Growing = {}
  for (const [name, value] of members) put(event, name, value)
  return completed(event)
}

type Paths = readonly (readonly [name: string, path: string])[]

const SYSTEM: Paths = [
  ['EventID', 'winlog.event_id'],
  ['EventID', 'event.code'],
  ['Channel', 'winlog.channel'],
  ['Provider_Name', 'winlog.provider_name'],
  ['Provider_Name', 'event.provider'],
  ['Provider_Guid', 'winlog.provider_guid'],
  ['Computer', 'winlog.computer_name'],
  ['Computer', 'host.name'],
  ['EventRecordID', 'winlog.record_id'],
  ['TimeCreated', '@timestamp'],
  ['Task', 'winlog.task'],
  ['Opcode', 'winlog.opcode'],
  ['Keywords', 'winlog.keywords'],
  ['Message', 'message'],
]

/** What the processors for Sysmon, Security and PowerShell move out of `event_data`. */
const MOVED: Paths = [
  ['Image', 'process.executable'],
  ['CommandLine', 'process.command_line'],
  ['CurrentDirectory', 'process.working_directory'],
  ['ProcessId', 'process.pid'],
  ['ProcessGuid', 'process.entity_id'],
  ['OriginalFileName', 'process.pe.original_file_name'],
  ['Company', 'process.pe.company'],
  ['Product', 'process.pe.product'],
  ['Description', 'process.pe.description'],
  ['FileVersion', 'process.pe.file_version'],
  ['ParentImage', 'process.parent.executable'],
  ['ParentCommandLine', 'process.parent.command_line'],
  ['ParentProcessId', 'process.parent.pid'],
  ['ParentProcessGuid', 'process.parent.entity_id'],
  ['TargetFilename', 'file.path'],
  ['QueryName', 'dns.question.name'],
  ['SourceIp', 'source.ip'],
  ['SourcePort', 'source.port'],
  ['DestinationIp', 'destination.ip'],
  ['DestinationPort', 'destination.port'],
  ['DestinationHostname', 'destination.domain'],
  ['ScriptBlockText', 'powershell.file.script_block_text'],
  ['ScriptBlockId', 'powershell.file.script_block_id'],
]

function set(members: Map<string, Json>, name: string, value: Json | undefined): void {
  if (value !== undefined && value !== null && !members.has(name)) members.set(name, value)
}

/** The account of a process; that of a 4688 stands among its own names. */
function user(document: JsonObject): string | undefined {
  if (at(document, 'winlog.event_data.SubjectUserName') !== undefined) return
  const name = at(document, 'user.name')
  const domain = at(document, 'user.domain')
  if (typeof name !== 'string') return
  return typeof domain === 'string' ? `${domain}\\${name}` : name
}

/** By nested objects, or as exports write it: `{"winlog.event_id": …}`. */
function at(document: JsonObject, path: string): Json | undefined {
  let value: Json | undefined = document
  for (const key of path.split('.')) value = isObject(value) ? member(value, key) : undefined
  return single(value ?? member(document, path))
}

/** The members of a section; exports spread them out. */
function* membersOf(document: JsonObject, section: string): Generator<readonly [string, Json]> {
  const data = at(document, section)
  if (isObject(data)) for (const key of Object.keys(data)) yield [key, data[key] ?? null]
  else {
    const prefix = `${section}.`
    for (const key of Object.keys(document)) {
      if (key.startsWith(prefix)) yield [key.slice(prefix.length), single(document[key]) ?? null]
    }
  }
}

/** Kibana's exports and `fields` put each value into a list. */
function single(value: Json | undefined): Json | undefined {
  return Array.isArray(value) && value.length === 1 ? value[0] : value
}
