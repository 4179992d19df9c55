import { readFileSync } from 'node:fs'
import type { JsonObject } from '../core/json.ts'
import { resources } from '../detect/inputs.ts'
import { savePipes } from '../detect/saved-pipes.ts'
import { readEvents } from '../engines/files/read-events.ts'
import { inTemporaryFolder } from '../engines/temporary-folder.ts'
import { knownSources } from '../sources/known.ts'
import type { SourceMap } from '../sources/map/source-map.ts'
import type { Source } from '../sources/source.ts'
import { MIB } from './options.ts'

/** An event, the number of its record in its file, from 0, and its log, if that is known. */
export interface NumberedEvent {
  readonly number: number
  readonly event: JsonObject
  readonly source?: Source
}

export interface WantedEvents {
  /** Only those of this record. */
  readonly record?: number
  readonly most: number
  /** Logs that mappings describe. */
  readonly maps?: readonly SourceMap[]
}

/** Bytes that a packed file may unpack to. */
const MOST_UNPACKED = 256 * MIB

/**
 * The first events of a file in any shape that a hunt reads (`-` is standard input), or those of one record. A JSON
 * object of no known kind is taken as an event. Throws, with a reason for people, if there is none.
 */
export async function eventsIn(
  name: string,
  { record, most, maps = [] }: WantedEvents,
): Promise<readonly NumberedEvent[]> {
  return inTemporaryFolder(async folder => {
    const saved = await savePipes([{ path: name, name, bytes: 0 }], folder, new Int32Array(1))
    const [file = { path: name, name, bytes: 0 }] = saved
    const events: NumberedEvent[] = []
    const { maxRecord, chunk } = resources
    const sources = knownSources(maps)
    const limits = { maxUnpacked: MOST_UNPACKED, maxRecord, chunk }
    const options = { ...limits, goOn: () => events.length < most, sources }
    const { problems } = await readEvents(file, options, ({ record: event, number, source }) => {
      if (events.length < most && (record ?? number) === number) events.push({ number, event, source })
    })
    if (events.length > 0) return events
    const event = record === undefined ? objectIn(file.path) : undefined
    if (event !== undefined) return [{ number: 0, event }]
    const which = record === undefined ? 'no event' : `no event with the number ${record}`
    throw new Error(problems[0]?.message ?? `there is ${which} in ${name}`)
  })
}

/** A file that is one JSON object, whatever it says. */
function objectIn(path: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'))
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as JsonObject)
      : undefined
  } catch {
    return undefined
  }
}
