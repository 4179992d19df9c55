import type { LookupTable } from '../src/plan/lowering.ts'
import type { Column } from '../src/plan/scalar.ts'

/** A page as text: its title, its blocks by language, and what a person wrote of it. */
export interface PageText {
  readonly title: string
  /** The text up to the end of the last block that a person wrote. */
  readonly written: string
  /** The first block of a language; nothing if there is none. */
  readonly block: (language: string) => string
  /** Its lines that are not empty. */
  readonly lines: (language: string) => readonly string[]
}

/** Takes a page apart; blocks in these languages are written by people, all others by the runner. */
export function pageText(markdown: string, languages: readonly string[]): PageText {
  const blocks = [...markdown.matchAll(/^`{3,4}(\w+)\n(.*?)\n?^`{3,4}$/gms)]
  const block = (name: string): string => blocks.find(([, language]) => language === name)?.[2] ?? ''
  const last = blocks.filter(([, language]) => languages.includes(language ?? '')).at(-1)
  return {
    title: /^# (.+)$/m.exec(markdown)?.[1] ?? '',
    written: markdown.slice(0, last === undefined ? 0 : last.index + last[0].length),
    block,
    lines: name =>
      block(name)
        .split('\n')
        .filter(line => line !== ''),
  }
}

/** The page with what came of it behind what a person wrote. */
export function writePage(
  { written }: Pick<PageText, 'written'>,
  results: Readonly<Record<string, string | undefined>>,
): string {
  const blocks = Object.entries(results).flatMap(([name, text]) =>
    text === undefined ? [] : [`\`\`\`${name}\n${text}${text === '' ? '' : '\n'}\`\`\``],
  )
  return `${[written, ...blocks].join('\n\n')}\n`
}

/** A table of texts. */
export function tableOf(
  name: string,
  rows: readonly Readonly<Record<string, string>>[],
  options: Partial<LookupTable> = {},
): LookupTable {
  const names = [...new Set(rows.flatMap(row => Object.keys(row)))]
  const columns = names.map((column): Column => ({ name: column, type: 'text' }))
  const cells = rows.map(row => names.map(column => row[column] ?? null))
  const relation = { op: 'rows', columns, rows: cells } as const
  const plain = { match: {}, caseSensitive: true, maxMatches: 1000, minMatches: 0 }
  return { name, columns, relation, ...plain, ...options }
}

/** The table of a block: its name and perhaps options in the first line, then a row a line. */
export function lookupsOf(
  [head, ...rows]: readonly string[],
  standard: Partial<LookupTable> = {},
): Readonly<Record<string, LookupTable>> {
  if (head === undefined) return {}
  const [name = '', options = ''] = head.split(/ (.*)/s)
  const parsed = rows.map(row => JSON.parse(row) as Record<string, string>)
  const own = JSON.parse(options || '{}') as Partial<LookupTable>
  return { [name]: tableOf(name, parsed, { ...standard, ...own }) }
}
