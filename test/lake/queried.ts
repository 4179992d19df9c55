import { type LanguageName, languages } from '../../src/detect/query/languages.ts'
import type { RowSink } from '../../src/detect/query/options.ts'
import { type QueryResult, runQuery } from '../../src/detect/query/run.ts'

/** What is not as usual. */
interface Around {
  readonly sink?: RowSink
  readonly stop?: Int32Array
  readonly now?: number
}

export interface Found {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly unknown[])[]
  readonly result: QueryResult
}

/** Runs a search over a lake, or a file. */
export async function queried(
  input: string,
  language: LanguageName,
  text: string,
  { sink, stop = never(), now = 0 }: Around = {},
): Promise<Found> {
  const reader = await languages[language].reader()
  const read = reader(text, { macros: new Map(), strict: false })
  if (!read.ok) throw new Error(read.problems.map(({ message }) => message).join('\n'))
  const rows: (readonly unknown[])[] = []
  const columns: string[] = []
  const result = await runQuery({
    inputs: [input],
    search: read.value,
    text,
    style: languages[language].style,
    now,
    strict: false,
    memory: 400,
    lookups: new Map(),
    threads: 1,
    maxUnpacked: 1e8,
    stop,
    watch: { begin: () => {}, progress: () => {}, fileDone: () => {} },
    sink: sink ?? {
      begin: names => void columns.push(...names),
      rows: found => void rows.push(...found),
      note: () => {},
    },
  })
  return { columns, rows, result }
}

function never(): Int32Array {
  return new Int32Array(new SharedArrayBuffer(4))
}
