/** The page beside a rule: its title and the events that the rule must and must not match, as JSON or raw log texts. */
export interface RulePage {
  readonly title: string
  readonly matches: readonly string[]
  readonly misses: readonly string[]
  /** Lists of events, a line each, of which a rule that remembers must make something, and of which nothing. */
  readonly matchesTogether: readonly string[]
  readonly missesTogether: readonly string[]
}

/**
 * Reads a rule's page: the first `# ` heading, and the fenced `json` and `log` blocks under `## Matches` and under
 * `## Does not match`; blocks of `jsonl` are lists of events that belong together. What is absent is empty. A fence that is not closed runs to the end of the text.
 */
export function readPage(markdown: string): RulePage {
  const matches: Section = { json: [], jsonl: [] }
  const misses: Section = { json: [], jsonl: [] }
  const sections = new Map([
    ['Matches', matches],
    ['Does not match', misses],
  ])
  let title = ''
  let section: Section | undefined
  for (const part of parts(markdown)) {
    if (part.kind === 'block') {
      const kind = part.language === 'log' ? 'json' : part.language
      if (kind === 'json' || kind === 'jsonl') section?.[kind].push(part.text)
    } else if (part.depth === 1) title ||= part.text
    else if (part.depth === 2) section = sections.get(part.text)
  }
  return {
    title,
    matches: matches.json,
    misses: misses.json,
    matchesTogether: matches.jsonl,
    missesTogether: misses.jsonl,
  }
}

type Section = Readonly<Record<'json' | 'jsonl', string[]>>

type Part =
  | { readonly kind: 'heading'; readonly depth: number; readonly text: string }
  | { readonly kind: 'block'; readonly language: string; readonly text: string }

function* parts(markdown: string): Generator<Part> {
  let block: { readonly language: string; readonly lines: string[] } | undefined
  for (const line of markdown.split(/\r?\n/)) {
    const fence = /^```(\w*)\s*$/.exec(line)
    const heading = /^(#+)\s+(.*?)\s*$/.exec(line)
    if (block !== undefined && fence?.[1] === '') {
      yield { kind: 'block', language: block.language, text: block.lines.join('\n') }
      block = undefined
    } else if (block !== undefined) block.lines.push(line)
    else if (fence !== null) block = { language: fence[1] ?? '', lines: [] }
    else if (heading !== null)
      yield { kind: 'heading', depth: heading[1]?.length ?? 0, text: heading[2] ?? '' }
  }
  if (block !== undefined) yield { kind: 'block', language: block.language, text: block.lines.join('\n') }
}
