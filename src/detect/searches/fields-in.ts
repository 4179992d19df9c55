import { withDatabase } from '../../engines/duckdb/with-database.ts'
import type { Pipeline } from '../../plan/pipeline.ts'
import { chooseFiles } from '../inputs.ts'
import { languages } from '../query/languages.ts'
import { loadFiles } from '../query/load-files.ts'
import { savePipes } from '../saved-pipes.ts'
import type { Explainable } from './explain-search.ts'
import type { SearchAround } from './prepare.ts'

/** Bytes that a packed file may unpack to here. */
const MOST_UNPACKED = 256 * 1024 * 1024

/** The events of inputs as a search would find them: their columns, for its plan. */
export async function fieldsIn(
  language: Explainable,
  text: string,
  inputs: readonly string[],
  {
    around,
    stop,
    memory,
  }: { readonly around: SearchAround; readonly stop: Int32Array; readonly memory: number },
): Promise<Pipeline | undefined> {
  const reader = await languages[language].reader()
  const read = reader(text, around.settings)
  if (!read.ok) return undefined
  return withDatabase({ memory, threads: 1 }, async database => {
    const options = {
      inputs,
      search: read.value,
      style: languages[language].style,
      now: 0,
      strict: false,
      memory,
      lookups: around.lookups,
      maxUnpacked: MOST_UNPACKED,
      threads: 1,
      stop,
      watch: { begin: () => {}, progress: () => {}, fileDone: () => {} },
      sink: { begin: () => {}, rows: () => {}, note: () => {} },
    }
    const files = await savePipes(chooseFiles(inputs, options).files, database.folder, stop)
    return (await loadFiles(files, options, database)).events
  })
}
