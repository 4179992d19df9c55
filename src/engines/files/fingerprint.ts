import { createHash } from 'node:crypto'
import type { Json } from '../../core/json.ts'
import type { Place } from './copies.ts'
import type { InputFile } from './list.ts'
import { isPipe } from './pipe.ts'
import { type ReadOptions, readEvents } from './read-events.ts'

/** SHA-256 of what a JSON value says, whatever the order of its keys and its white space. */
function fingerprint(value: Json): string {
  return createHash('sha256').update(JSON.stringify(value, sortedKeys)).digest('hex')
}

function sortedKeys(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** Reads a file again for the contents of some of its records; of a pipe there is nothing to read again. */
export async function fingerprints(
  input: InputFile,
  file: number,
  records: ReadonlySet<number>,
  options: ReadOptions,
): Promise<readonly (Place & { readonly content: string })[]> {
  const found: (Place & { readonly content: string })[] = []
  if (isPipe(input.path)) return found
  await readEvents(input, options, ({ record, ordinal }) => {
    if (records.has(ordinal)) found.push({ file, record: ordinal, content: fingerprint(record) })
  })
  return found
}
