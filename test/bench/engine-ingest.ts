import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'

// What the engine alone takes to make Parquet of the same files: it reads the JSON with columns that are told and writes zstd.
// No record is validated, none is known by its id, nothing is told of what was lost. The files all have one envelope.
// Usage: engine-ingest.js FOLDER OUT THREADS. Prints the number of events.
const [folder = '.', out = '.', threads = '1'] = process.argv.slice(2)
/** As many as are worth a statement. */
const FILES_AT_ONCE = 16
/** Bytes of the largest file, unpacked, at most. */
const MOST_BYTES = 32 * 1024 * 1024
const TEXTS =
  'eventVersion eventTime eventSource eventName awsRegion sourceIPAddress userAgent errorCode errorMessage requestID eventID readOnly eventType managementEvent recipientAccountId sharedEventID vpcEndpointId eventCategory'
const PARTS =
  'userIdentity requestParameters responseElements additionalEventData serviceEventDetails resources tlsDetails'
const FIELDS = [
  ...TEXTS.split(' ').map(name => `${name} VARCHAR`),
  ...PARTS.split(' ').map(name => `${name} JSON`),
].join(', ')

const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter(name => name.endsWith('.json.gz'))
  .sort()
  .map(name => join(folder, name))
rmSync(out, { recursive: true, force: true })
mkdirSync(out, { recursive: true })
const instance = await DuckDBInstance.create(':memory:', { threads, preserve_insertion_order: 'false' })
const engine = await instance.connect()
for (let first = 0; first < files.length; first += FILES_AT_ONCE) {
  const list = files.slice(first, first + FILES_AT_ONCE).map(file => `'${file}'`)
  const records = `SELECT unnest(Records) AS record FROM read_json([${list.join(', ')}],
    columns = {Records: 'STRUCT(${FIELDS})[]'}, format = 'newline_delimited', maximum_object_size = ${MOST_BYTES})`
  await engine.run(`COPY (SELECT record.* FROM (${records})) TO '${join(out, `${first}.parquet`)}'
    (FORMAT parquet, COMPRESSION zstd)`)
}
const counted = await engine.runAndReadAll(`SELECT count(*) FROM read_parquet('${join(out, '*.parquet')}')`)
rmSync(out, { recursive: true, force: true })
console.log(JSON.stringify({ events: Number(counted.getRowsJS()[0]?.[0]) }))
