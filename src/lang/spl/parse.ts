import { type Diagnostic, Problems, type Span } from '../../core/diagnostic.ts'
import { nearest } from '../../core/nearest.ts'
import { type CommandKind, commandNames, commands, kindNamed } from './commands/index.ts'
import { IGNORED, UNSUPPORTED } from './commands/unsupported.ts'
import { limits } from './limits.ts'
import { expand } from './macros/expand.ts'
import type { Macros } from './macros/macro.ts'
import { type Parsing, Reader } from './reader.ts'
import { type Range, splitStages } from './syntax/split.ts'
import type { Search, Stage, Stages } from './syntax/tree.ts'

/** A search as a tree, as far as it could be read, and everything that is wrong with it. */
export interface Parsed {
  readonly search: Search
  readonly problems: readonly Diagnostic[]
}

/**
 * Reads a search of Splunk's language. What cannot be read is a node `unknown` and a problem; the rest is read
 * all the same. Places are those of the text as written, also of what came from a macro.
 */
export function parseSpl(text: string, macros: Macros = new Map()): Parsed {
  const problems = new Problems()
  const written = text.length > limits.text ? text.slice(0, limits.text) : text
  if (written !== text) {
    problems.error('spl/length', `the search is longer than ${limits.text} characters`)
  }
  const expanded = expand(written, macros, problems)
  const search = new Parser(expanded.text, expanded.place, problems).all()
  return { search, problems: once(problems.list) }
}

class Parser {
  private readonly parsing: Parsing
  private stages = 0
  private depth = 0

  constructor(text: string, place: Parsing['place'], problems: Problems) {
    this.parsing = { text, place, problems, search: range => this.subsearch(range) }
  }

  all(): Search {
    return this.search({ start: 0, end: this.parsing.text.length }, false)
  }

  private subsearch(range: Range): Search {
    if (this.depth >= limits.subsearches) {
      const message = `subsearches are nested deeper than ${limits.subsearches}`
      this.parsing.problems.error('spl/nesting', message, { at: this.span(range) })
      return { stages: [], at: this.span(range) }
    }
    this.depth++
    const search = this.search(range, true)
    this.depth--
    return search
  }

  private search(range: Range, inner: boolean): Search {
    const { text, place, problems } = this.parsing
    const [first, ...rest] = splitStages(text, range, place, problems)
    const stages: Stage[] = []
    if (first !== undefined && (first.end > first.start || rest.length === 0)) {
      stages.push(this.first(first, inner))
    }
    for (const stage of rest) {
      if (++this.stages > limits.stages) {
        problems.error('spl/stages', `the search has more than ${limits.stages} stages`, {
          at: this.span(stage),
        })
        break
      }
      stages.push(this.stage(stage))
    }
    return { stages, at: this.span(range) }
  }

  /** What stands before the first pipe is a condition, unless it begins with a command. */
  private first(range: Range, inner: boolean): Stage {
    const name = this.word(range)
    const command = name !== undefined && (name === 'search' || (inner && isCommand(name)))
    return command ? this.stage(range) : this.read('search', range, range)
  }

  private stage(range: Range): Stage {
    const name = this.word(range)
    if (name === undefined) return this.noName(range)
    const body = { start: range.start + name.length, end: range.end }
    const lower = name.toLowerCase()
    const kind = kindNamed(lower)
    if (kind !== undefined) return this.read(kind, body, range)
    const text = this.parsing.text.slice(body.start, body.end).trim()
    if (IGNORED.has(lower)) return { kind: 'ignored', name: lower, text, at: this.span(range) }
    if (UNSUPPORTED.has(lower)) return { kind: 'unsupported', name: lower, text, at: this.span(range) }
    const near = nearest(lower, commandNames)
    const list = `commands are ${commandNames.join(', ')}`
    this.parsing.problems.error('spl/unknown-command', `there is no command "${name}"`, {
      at: this.span({ start: range.start, end: body.start }),
      help: near === undefined ? list : `did you mean "${near}"? ${list}`,
    })
    return { kind: 'unknown', name: lower, text, at: this.span(range) }
  }

  private read(kind: CommandKind, body: Range, whole: Range): Stage {
    const reader = new Reader(this.parsing, body)
    const at = this.span(whole)
    const stage = { kind, at, ...commands[kind].read(reader) } as Stages[typeof kind]
    reader.finish()
    if (!reader.failed) return stage
    const text = this.parsing.text.slice(body.start, body.end).trim()
    return { kind: 'unknown', name: kind, text, at }
  }

  private noName(range: Range): Stage {
    const empty = range.end <= range.start
    const message = empty ? 'there is no command between these pipes' : 'a command should stand here'
    this.parsing.problems.error('spl/no-command', message, { at: this.span(range) })
    return {
      kind: 'unknown',
      name: '',
      text: this.parsing.text.slice(range.start, range.end),
      at: this.span(range),
    }
  }

  private word({ start, end }: Range): string | undefined {
    return /^[A-Za-z_]\w*(?!\s*[=<>!])/.exec(this.parsing.text.slice(start, Math.min(end, start + 200)))?.[0]
  }

  private span({ start, end }: Range): Span {
    return this.parsing.place(start, Math.max(end, start + 1))
  }
}

function isCommand(name: string): boolean {
  const lower = name.toLowerCase()
  return kindNamed(lower) !== undefined || UNSUPPORTED.has(lower) || IGNORED.has(lower)
}

/** Each problem of a place once: what stands in brackets is looked at from outside and from inside. */
function once(list: readonly Diagnostic[]): readonly Diagnostic[] {
  const seen = new Set<string>()
  return list.filter(({ code, at }) => {
    const key = `${code} ${at?.start}`
    return !seen.has(key) && seen.add(key).size > 0
  })
}
