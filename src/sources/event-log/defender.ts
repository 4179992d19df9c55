import { isObject, type Json, type JsonObject, textMember } from '../../core/json.ts'
import { type Growing, put } from '../put.ts'
import { completed } from './complete.ts'

const CATEGORY = 'AdvancedHunting-Device'

/** Is this a row of one of Defender's device tables, by itself or as the streaming interface wraps it? */
export function isDefender(record: JsonObject): boolean {
  const category = record['category']
  if (typeof category === 'string' && category.startsWith(CATEGORY)) return isObject(record['properties'])
  if (typeof record['ActionType'] !== 'string' || record['DeviceName'] === undefined) return false
  return (
    record['InitiatingProcessFileName'] !== undefined ||
    record['InitiatingProcessCommandLine'] !== undefined ||
    record['ProcessCommandLine'] !== undefined
  )
}

/** The row as it is, with Sysmon's names beside Defender's own. */
export function ofDefender(record: JsonObject): JsonObject {
  const { properties } = record
  const row = isObject(properties) && typeof record['category'] === 'string' ? properties : record
  const event: Growing = {}
  for (const key of Object.keys(row)) put(event, key, row[key] ?? null)
  const names = row['ProcessCommandLine'] === undefined ? OF_OTHERS : OF_PROCESSES
  for (const [name, from] of [...names, ...OF_ALL]) set(event, name, row[from])
  if (names === OF_PROCESSES) set(event, 'Image', fullPath(row))
  set(event, 'User', account(row, '') ?? account(row, 'InitiatingProcess'))
  set(event, 'Hashes', hashes(row))
  return completed(event)
}

type Names = readonly (readonly [name: string, from: string])[]

/** `DeviceProcessEvents`: the row is about the new process. */
const OF_PROCESSES: Names = [
  ['CommandLine', 'ProcessCommandLine'],
  ['OriginalFileName', 'ProcessVersionInfoOriginalFileName'],
  ['Company', 'ProcessVersionInfoCompanyName'],
  ['Product', 'ProcessVersionInfoProductName'],
  ['Description', 'ProcessVersionInfoFileDescription'],
  ['FileVersion', 'ProcessVersionInfoProductVersion'],
  ['IntegrityLevel', 'ProcessIntegrityLevel'],
  ['ParentImage', 'InitiatingProcessFolderPath'],
  ['ParentCommandLine', 'InitiatingProcessCommandLine'],
  ['ParentProcessId', 'InitiatingProcessId'],
]

/** The other tables: the row is about what a process did. */
const OF_OTHERS: Names = [
  ['Image', 'InitiatingProcessFolderPath'],
  ['CommandLine', 'InitiatingProcessCommandLine'],
  ['ProcessId', 'InitiatingProcessId'],
  ['ParentImage', 'InitiatingProcessParentFileName'],
  ['TargetFilename', 'FolderPath'],
  ['DestinationIp', 'RemoteIP'],
  ['DestinationPort', 'RemotePort'],
  ['DestinationHostname', 'RemoteUrl'],
  ['SourceIp', 'LocalIP'],
  ['SourcePort', 'LocalPort'],
]

const OF_ALL: Names = [
  ['Computer', 'DeviceName'],
  ['TimeCreated', 'Timestamp'],
]

function set(event: Growing, name: string, value: Json | undefined): void {
  if (value !== undefined && value !== null && value !== '') event[name] ??= value
}

/** Some rows have the folder alone. */
function fullPath(row: JsonObject): string | undefined {
  const folder = textMember(row, 'FolderPath') ?? ''
  const name = textMember(row, 'FileName') ?? ''
  if (folder === '' || name === '') return folder || name
  if (folder.toLowerCase().endsWith(name.toLowerCase())) return folder
  const separator = folder.includes('/') ? '/' : '\\'
  return folder.endsWith(separator) ? `${folder}${name}` : `${folder}${separator}${name}`
}

function account(row: JsonObject, prefix: string): string | undefined {
  const name = textMember(row, `${prefix}AccountName`)
  const domain = textMember(row, `${prefix}AccountDomain`)
  return name && domain ? `${domain}\\${name}` : name
}

function hashes(row: JsonObject): string | undefined {
  const found = ['MD5', 'SHA1', 'SHA256'].flatMap(kind => {
    const hash = textMember(row, kind)
    return hash ? [`${kind}=${hash}`] : []
  })
  return found.length === 0 ? undefined : found.join(',')
}
