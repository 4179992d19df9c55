import { isObject, type Json, type JsonObject } from '../../core/json.ts'
import { never } from '../../core/never.ts'
import { parseJson } from '../json-text.ts'
import { type Growing, put } from '../put.ts'
import { completed } from './complete.ts'
import { ofDefender } from './defender.ts'
import { ofDump } from './dump.ts'
import { dataOfXml } from './event-xml.ts'
import { formOf } from './forms.ts'
import { unspaced } from './members.ts'
import { ofWinlog } from './winlog.ts'

/** The event under its native names, whichever form it has. */
export function flat(record: JsonObject): JsonObject {
  const form = formOf(record)
  switch (form) {
    case 'flat':
    case undefined:
      return ofFlat(record)
    case 'dump':
      return ofDump(record)
    case 'winlog':
      return ofWinlog(record)
    case 'defender':
      return ofDefender(record)
    default:
      return never(form)
  }
}

/** All it has, and what its `EventData` holds as XML, as JSON text or as an object. */
function ofFlat(record: JsonObject): JsonObject {
  const event: Growing = {}
  for (const key of Object.keys(record)) put(event, unspaced(key), record[key] ?? null)
  for (const [name, value] of dataOf(record['EventData'])) {
    if (event[name] === undefined || event[name] === '') put(event, name, value)
  }
  return completed(event)
}

function dataOf(value: Json | undefined): Iterable<readonly [string, Json]> {
  if (typeof value === 'string' && value.startsWith('<')) return dataOfXml(value)
  const data = typeof value === 'string' ? parseJson(value) : value
  if (!isObject(data)) return []
  return Object.keys(data).map(key => [unspaced(key), data[key] ?? null])
}
