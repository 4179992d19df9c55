import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { listInputs } from '../../src/engines/files/list.ts'
import { type Ingested, type IngestOptions, ingest } from '../../src/lake/ingest.ts'
import { withDatabase } from '../database.ts'
import { temporaryFolder } from '../temporary-folder.ts'

/** Adds inputs to a lake. */
export async function addTo(
  lake: string,
  inputs: readonly string[],
  options: Partial<IngestOptions> = {},
): Promise<Ingested> {
  const usual = { threads: 1, maxUnpacked: 1e8, maxRecord: 1e7, chunk: 1e6, batch: 1e8 }
  const stop = new Int32Array(new SharedArrayBuffer(4))
  return withDatabase(database =>
    ingest(listInputs(inputs).files, { ...usual, lake, stop, fileDone: () => {}, ...options }, database),
  )
}

/** A file of events, as CloudTrail writes them. */
export function eventFile(events: readonly object[], text?: (json: string) => string): string {
  const file = join(temporaryFolder(), 'events.json')
  const json = JSON.stringify({ Records: events })
  writeFileSync(file, text === undefined ? json : text(json))
  return file
}

/** An event with what every event has. */
export function anEvent(number: number, more: object = {}): object {
  return {
    eventVersion: '1.08',
    eventID: `event-${number}`,
    eventTime: `2024-05-0${1 + (number % 3)}T10:00:00Z`,
    eventSource: 's3.amazonaws.com',
    eventName: 'GetObject',
    awsRegion: 'eu-west-1',
    recipientAccountId: '111122223333',
    ...more,
  }
}
