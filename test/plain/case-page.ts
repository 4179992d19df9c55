import type { JsonObject } from '../../src/core/json.ts'

/** A page of `test/cases`: a rule, events, and what comes of them. */
export interface CasePage {
  readonly title: string
  /** The text up to the end of the last block that a person wrote. */
  readonly written: string
  /** Sigma documents. */
  readonly rule: string
  readonly placeholders: Readonly<Record<string, readonly string[]>>
  /** File -> text of a table of context. */
  readonly tables: Readonly<Record<string, string>>
  /** Network -> what is known of its addresses. */
  readonly databases: Readonly<Record<string, JsonObject>>
  /** JSON texts, one an event. */
  readonly events: readonly string[]
}

/** Blocks that a person writes; all others are filled in. */
const WRITTEN: readonly string[] = ['yaml', 'placeholders', 'tables', 'databases', 'jsonl']

/** Reads a page: `# Title`, then fenced blocks `yaml`, perhaps `placeholders`, `tables`, `databases` and `jsonl`, then what is filled in. */
export function readCase(markdown: string): CasePage {
  const blocks = [...markdown.matchAll(/^```(\w+)\n(.*?)\n?^```$/gms)]
  const text = (name: string): string => blocks.find(([, language]) => language === name)?.[2] ?? ''
  const written = blocks.filter(([, language]) => WRITTEN.includes(language ?? ''))
  const last = written.at(-1)
  return {
    title: /^# (.+)$/m.exec(markdown)?.[1] ?? '',
    written: markdown.slice(0, last === undefined ? 0 : last.index + last[0].length),
    rule: text('yaml'),
    placeholders: JSON.parse(text('placeholders') || '{}') as CasePage['placeholders'],
    tables: JSON.parse(text('tables') || '{}') as CasePage['tables'],
    databases: JSON.parse(text('databases') || '{}') as CasePage['databases'],
    events: text('jsonl')
      .split('\n')
      .filter(line => line !== ''),
  }
}

/** The page with what came of it; a block without text is left out. */
export function writeCase(page: CasePage, results: Readonly<Record<string, string | undefined>>): string {
  const blocks = Object.entries(results).flatMap(([name, text]) =>
    text === undefined ? [] : [`\`\`\`${name}\n${text}${text === '' ? '' : '\n'}\`\`\``],
  )
  return `${[page.written, ...blocks].join('\n\n')}\n`
}
