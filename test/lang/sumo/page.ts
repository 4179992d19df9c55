import type { JsonObject } from '../../../src/core/json.ts'
import type { LookupTable } from '../../../src/plan/lowering.ts'
import type { Column } from '../../../src/plan/scalar.ts'

/** A page of `test/cases/sumo`: a query, messages, and what comes of them. */
export interface SumoPage {
  readonly title: string
  /** The text up to the end of the last block that a person wrote. */
  readonly written: string
  readonly query: string
  readonly messages: readonly (JsonObject | string)[]
  readonly lookups: Readonly<Record<string, LookupTable>>
  readonly strict: boolean
  readonly parameters: ReadonlyMap<string, string>
}

const WRITTEN: readonly string[] = ['sumo', 'jsonl', 'log', 'lookup', 'options']

/** Reads `# Title` and blocks: `sumo`, then `jsonl` or `log`, perhaps `lookup` (its name, then rows) and `options`. */
export function readPage(markdown: string): SumoPage {
  const blocks = [...markdown.matchAll(/^```(\w+)\n(.*?)\n?^```$/gms)]
  const text = (name: string): string => blocks.find(([, language]) => language === name)?.[2] ?? ''
  const last = blocks.filter(([, language]) => WRITTEN.includes(language ?? '')).at(-1)
  const options = JSON.parse(text('options') || '{}') as {
    readonly strict?: boolean
    readonly parameters?: Readonly<Record<string, string>>
  }
  return {
    title: /^# (.+)$/m.exec(markdown)?.[1] ?? '',
    written: markdown.slice(0, last === undefined ? 0 : last.index + last[0].length),
    query: text('sumo'),
    messages: [...lines(text('jsonl')).map(line => JSON.parse(line) as JsonObject), ...lines(text('log'))],
    lookups: lookupsOf(text('lookup')),
    strict: options.strict === true,
    parameters: new Map(Object.entries(options.parameters ?? {})),
  }
}

export function writePage(page: SumoPage, results: Readonly<Record<string, string | undefined>>): string {
  const blocks = Object.entries(results).flatMap(([name, text]) =>
    text === undefined ? [] : [`\`\`\`${name}\n${text}${text === '' ? '' : '\n'}\`\`\``],
  )
  return `${[page.written, ...blocks].join('\n\n')}\n`
}

/** A table of texts. */
export function tableOf(name: string, rows: readonly Readonly<Record<string, string>>[]): LookupTable {
  const columns: readonly Column[] = Object.keys(rows[0] ?? {}).map(each => ({ name: each, type: 'text' }))
  const cells = rows.map(row => columns.map(each => row[each.name] ?? null))
  const relation = { op: 'rows', columns, rows: cells } as const
  return { name, columns, relation, match: {}, caseSensitive: true, maxMatches: 1, minMatches: 0 }
}

function lookupsOf(text: string): Readonly<Record<string, LookupTable>> {
  const [name, ...rows] = lines(text)
  if (name === undefined) return {}
  return {
    [name]: tableOf(
      name,
      rows.map(row => JSON.parse(row) as Record<string, string>),
    ),
  }
}

function lines(text: string): readonly string[] {
  return text.split('\n').filter(line => line !== '')
}
