import type { JsonObject } from '../../../src/core/json.ts'
import { readMacrosConf } from '../../../src/lang/spl/macros/conf.ts'
import type { Macros } from '../../../src/lang/spl/macros/macro.ts'
import type { LookupTable } from '../../../src/plan/lowering.ts'
import type { Column } from '../../../src/plan/scalar.ts'

/** A page of `test/cases/spl`: a search, events, and what comes of them. */
export interface SplPage {
  readonly title: string
  /** The text up to the end of the last block that a person wrote. */
  readonly written: string
  readonly search: string
  readonly events: readonly JsonObject[]
  readonly macros: Macros
  readonly lookups: Readonly<Record<string, LookupTable>>
}

const WRITTEN: readonly string[] = ['spl', 'jsonl', 'macros', 'lookup']

/** Reads `# Title` and blocks: `spl`, `jsonl`, perhaps `macros` and `lookup` (its name and options, then rows). */
export function readPage(markdown: string): SplPage {
  const blocks = [...markdown.matchAll(/^`{3,4}(\w+)\n(.*?)\n?^`{3,4}$/gms)]
  const text = (name: string): string => blocks.find(([, language]) => language === name)?.[2] ?? ''
  const last = blocks.filter(([, language]) => WRITTEN.includes(language ?? '')).at(-1)
  const macros = readMacrosConf(text('macros'))
  return {
    title: /^# (.+)$/m.exec(markdown)?.[1] ?? '',
    written: markdown.slice(0, last === undefined ? 0 : last.index + last[0].length),
    search: text('spl'),
    events: lines(text('jsonl')).map(line => JSON.parse(line) as JsonObject),
    macros: macros.ok ? macros.value : new Map(),
    lookups: lookupsOf(text('lookup')),
  }
}

export function writePage(page: SplPage, results: Readonly<Record<string, string | undefined>>): string {
  const blocks = Object.entries(results).flatMap(([name, text]) =>
    text === undefined ? [] : [`\`\`\`${name}\n${text}${text === '' ? '' : '\n'}\`\`\``],
  )
  return `${[page.written, ...blocks].join('\n\n')}\n`
}

/** A table of texts. */
function tableOf(
  name: string,
  rows: readonly Readonly<Record<string, string>>[],
  options: Partial<LookupTable> = {},
): LookupTable {
  const names = [...new Set(rows.flatMap(row => Object.keys(row)))]
  const columns = names.map((column): Column => ({ name: column, type: 'text' }))
  const cells = rows.map(row => names.map(column => row[column] ?? null))
  const relation = { op: 'rows', columns, rows: cells } as const
  return {
    name,
    columns,
    relation,
    match: {},
    caseSensitive: true,
    maxMatches: 1000,
    minMatches: 0,
    ...options,
  }
}

function lookupsOf(text: string): Readonly<Record<string, LookupTable>> {
  const [head, ...rows] = lines(text)
  if (head === undefined) return {}
  const [name = '', options = '{}'] = head.split(/ (.*)/s)
  const parsed = rows.map(row => JSON.parse(row) as Record<string, string>)
  return { [name]: tableOf(name, parsed, JSON.parse(options || '{}') as Partial<LookupTable>) }
}

function lines(text: string): readonly string[] {
  return text.split('\n').filter(line => line !== '')
}
