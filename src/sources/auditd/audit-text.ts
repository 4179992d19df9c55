import type { Json } from '../../core/json.ts'
import { type Growing, put } from '../put.ts'
import type { TextEvent } from '../text-event.ts'
import { Arguments, putArguments } from './arguments.ts'
import { completed } from './complete.ts'
import { type AuditLine, auditKey, auditLine } from './line.ts'
import { membersOf } from './members.ts'

/** The events in lines of auditd's log; lines of one host, time and serial number are one event, in the order of the first. */
export function auditEvents(text: string): readonly TextEvent[] {
  const groups = new Map<string, { readonly lines: AuditLine[]; readonly texts: string[] }>()
  for (const one of text.split('\n')) {
    const line = auditLine(one)
    if (line === undefined) continue
    const key = auditKey(line)
    const group = groups.get(key) ?? { lines: [], texts: [] }
    groups.set(key, group)
    group.lines.push(line)
    group.texts.push(one.trimEnd())
  }
  return [...groups.values()].map(({ lines, texts }) => ({ record: eventOf(lines), text: texts.join('\n') }))
}

/** One event of all its records: each member once, those that only PATH records repeat as lists. */
function eventOf(lines: readonly AuditLine[]): Growing {
  const event: Growing = {}
  const first = lines.find(({ node }) => node !== undefined) ?? lines[0]
  put(event, 'type', [...new Set(lines.map(({ type }) => type))])
  put(event, 'timestamp', first?.time ?? '')
  put(event, 'serial', first?.serial ?? '')
  if (first?.node !== undefined) put(event, 'node', first.node)
  const given = new Arguments()
  const paths = new Map<string, string[]>()
  for (const line of lines) {
    for (const member of membersOf(line)) {
      if (line.type === 'EXECVE' && given.take(line, member)) continue
      if (line.type === 'PATH') gather(paths, member.name, member.value)
      else if (!Object.hasOwn(event, member.name))
        put(event, member.name, readable(member.name, member.value))
    }
  }
  // The name of an object's path is not the name of the process.
  for (const [name, values] of paths) if (!Object.hasOwn(event, name)) put(event, name, oneOrList(values))
  const list = given.list()
  putArguments(event, list)
  return completed(event, list)
}

function gather(paths: Map<string, string[]>, name: string, value: string): void {
  const values = paths.get(name)
  if (values === undefined) paths.set(name, [value])
  else values.push(value)
}

function oneOrList(values: readonly string[]): Json {
  const [only = ''] = values
  return values.length === 1 ? only : values
}

/** A process title has its arguments apart by NUL, and a record's keys come apart by SOH. */
function readable(name: string, value: string): Json {
  if (name === 'proctitle') return value.replace(/\0+$/, '').replaceAll('\0', ' ')
  return name === 'key' && value.includes('\x01') ? value.split('\x01') : value
}
