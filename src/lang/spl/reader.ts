import type { Diagnostic, Problems, Span } from '../../core/diagnostic.ts'
import type { Places } from '../../core/places.ts'
import { limits } from './limits.ts'
import { type OptionTypes, optionHelp, wrongValue } from './options.ts'
import { closingQuote, type Range } from './syntax/split.ts'
import { unescaped } from './syntax/text.ts'
import type { Name, Option, Search } from './syntax/tree.ts'

/** What the parsing of one text shares. */
export interface Parsing {
  readonly text: string
  readonly place: Places
  readonly problems: Problems
  /** Reads the search between brackets. */
  readonly search: (range: Range) => Search
}

/** A bare name, which may be that of an aggregate: `count` or `max(bytes)`. */
const NAME = /[^\s,"'()[\]=|<>!]+(?:\([^\s,"'()[\]]*\))?/y

/** The name of an option, known or not. */
const OPTION = /[A-Za-z_]\w*\s*=/y

/**
 * Reads one stage from left to right. After the first mistake, which it reports, it stands at the end and gives
 * empty values, so that commands need not ask after each step; `failed` tells.
 */
export class Reader {
  readonly parsing: Parsing
  /** The whole text up to the end of the stage: offsets are those of the whole. */
  readonly text: string
  at: number
  failed = false
  private depth = 0

  constructor(parsing: Parsing, range: Range) {
    this.parsing = parsing
    this.text = parsing.text.slice(0, range.end)
    this.at = range.start
  }

  get end(): number {
    return this.text.length
  }

  /** Is there nothing but spaces left? Steps over them. */
  get done(): boolean {
    this.space()
    return this.failed || this.at >= this.end
  }

  span(start: number, end = this.at): Span {
    return this.parsing.place(start, Math.max(end, start + 1))
  }

  space(): void {
    this.match(/\s+/y)
  }

  /** Spaces and commas, which most lists allow alike. */
  separators(): void {
    this.match(/[\s,]+/y)
  }

  peek(): string {
    return this.text[this.at] ?? ''
  }

  /** What a sticky expression matches here, stepped over. */
  match(sticky: RegExp): RegExpExecArray | undefined {
    if (this.failed) return undefined
    sticky.lastIndex = this.at
    const found = sticky.exec(this.text)
    if (found === null) return undefined
    this.at += found[0].length
    return found
  }

  /** Does it match here? Stays where it is. */
  looksAt(sticky: RegExp): boolean {
    sticky.lastIndex = this.at
    return !this.failed && sticky.test(this.text)
  }

  take(literal: string): boolean {
    if (this.failed || !this.text.startsWith(literal, this.at)) return false
    this.at += literal.length
    return true
  }

  /** One of these words in any case, behind spaces, as a whole word. */
  keyword(...words: readonly string[]): string | undefined {
    const before = this.at
    this.space()
    const found = this.match(/[A-Za-z_]+(?![\w.=:{}*-])/y)?.[0].toLowerCase()
    if (found !== undefined && words.includes(found)) return found
    this.at = before
    return undefined
  }

  expect(literal: string, help?: string): void {
    this.space()
    if (!this.take(literal)) this.unexpected(`"${literal}" is missing`, help)
  }

  /** Runs an inner reading one level deeper. */
  nested<T>(read: () => T, otherwise: T): T {
    if (this.depth >= limits.nesting) {
      this.fail('spl/nesting', `it is nested deeper than ${limits.nesting}`)
      return otherwise
    }
    this.depth++
    const value = read()
    this.depth--
    return value
  }

  fail(
    code: string,
    message: string,
    { help, from = this.at }: { help?: string | undefined; from?: number } = {},
  ): void {
    if (this.failed) return
    const end = Math.min(Math.max(this.at, from + 1), Math.max(this.end, from + 1))
    const at = this.parsing.place(from, end)
    this.stop({ code, severity: 'error', message, at, ...(help === undefined ? {} : { help }) })
  }

  private stop(problem: Diagnostic): void {
    this.parsing.problems.list.push(problem)
    this.failed = true
    this.at = this.end
  }

  /** Reports that something else should stand here. */
  unexpected(message: string, help?: string): void {
    if (this.failed) return
    const found = /\S{1,40}/y
    found.lastIndex = this.at
    const text = found.exec(this.text)?.[0]
    const what = text === undefined ? 'the command ends here' : `"${text}" stands here`
    this.fail('spl/syntax', `${message}: ${what}`, { help })
  }

  /** A text between double quotes, if one stands here. */
  quoted(): string | undefined {
    return this.failed || this.peek() !== '"' ? undefined : this.delimited()
  }

  /** A text between quotes of the kind that stands here. */
  delimited(): string {
    const open = this.at
    const close = closingQuote(this.text, open, this.end)
    if (close === undefined) {
      this.at = open + 1
      this.fail('spl/unclosed-quote', 'this quote is not closed', { from: open })
      return ''
    }
    this.at = close + 1
    const inner = this.text.slice(open + 1, close)
    return this.text[open] === '"' ? unescaped(inner) : inner.replaceAll("\\'", "'")
  }

  /** A text in double quotes, or everything up to a space or comma. */
  value(what: string): string {
    this.space()
    const text = this.quoted() ?? this.match(/(?:[^\s,"\\]|\\[\s\S])+/y)?.[0]
    if (text === undefined) this.unexpected(`${what} is missing`)
    return text ?? ''
  }

  /** A name of a field: bare, or in double or single quotes. */
  name(what = 'the name of a field'): Name {
    this.space()
    const start = this.at
    const quote = this.peek()
    const isQuoted = !this.failed && (quote === '"' || quote === "'")
    const name = isQuoted ? this.delimited() : (this.match(NAME)?.[0] ?? '')
    if (name === '') this.unexpected(`${what} is missing`)
    if (name.length > limits.name)
      this.fail('spl/name', `a name of ${name.length} characters is too long`, { from: start })
    return { name, at: this.span(start) }
  }

  /** Names up to one of these words or the end, with commas or without. */
  names(...stops: readonly string[]): readonly Name[] {
    const found: Name[] = []
    while (!this.doneWithSeparators() && !this.sees(stops) && !this.looksAt(OPTION)) found.push(this.name())
    return found
  }

  private doneWithSeparators(): boolean {
    this.separators()
    return this.done
  }

  /** Does one of these words follow? Stays where it is. */
  sees(words: readonly string[]): boolean {
    const before = this.at
    const found = words.length > 0 && this.keyword(...words) !== undefined
    this.at = before
    return found
  }

  /** `name=value` with one of these names, if it stands here. */
  option(types: OptionTypes): Option | undefined {
    this.space()
    const start = this.at
    const found = this.match(/([A-Za-z_][\w.]*)\s*=(?!=)\s*/y)
    if (found === undefined) return undefined
    const name = (found[1] ?? '').toLowerCase()
    const type = Object.hasOwn(types, name) ? types[name] : undefined
    if (type === undefined) {
      this.at = start
      return undefined
    }
    const value = this.value(`the value of "${name}"`)
    const option = { name, value, at: this.span(start) }
    const wrong = this.failed ? undefined : wrongValue(option, type)
    if (wrong !== undefined) this.stop(wrong)
    return option
  }

  /** All options that follow, without anything between them but spaces and commas. */
  options(types: OptionTypes): readonly Option[] {
    const found: Option[] = []
    for (;;) {
      this.separators()
      const option = this.option(types)
      if (option === undefined) return found
      found.push(option)
    }
  }

  /** The end of the stage, or a problem: an unknown option is named as such. */
  finish(types: OptionTypes = {}): void {
    this.separators()
    if (this.done) return
    const start = this.at
    const option = this.match(/([A-Za-z_][\w.]*)\s*=/y)?.[1]
    if (option === undefined) {
      this.unexpected('nothing more is expected')
      return
    }
    this.fail('spl/unknown-option', `there is no option "${option}" here`, {
      from: start,
      help: optionHelp(option, types),
    })
  }
}
