import type { Diagnostic, Span } from '../../core/diagnostic.ts'
import { limits } from './limits.ts'
import type { Reading } from './reading.ts'
import type { Piece } from './split.ts'
import { closing } from './split.ts'
import type { Name, Text } from './syntax-parts.ts'
import { type Token, tokenAt } from './tokens.ts'

/**
 * Reads one stage. It never throws and never gives nothing: after the first mistake, which it reports, it stands at
 * the end, and what it gave is not to be used (`failed`).
 */
export class Cursor {
  readonly reading: Reading
  readonly depth: number
  readonly start: number
  private readonly end: number
  private place: number
  private ahead: Token | undefined
  private before: number
  private broken = false
  private nested = 0

  constructor(reading: Reading, range: Piece, depth: number) {
    this.reading = reading
    this.depth = depth
    this.end = range.end
    this.place = range.start
    this.start = this.peek().start
    this.before = this.start
  }

  get failed(): boolean {
    return this.broken
  }

  get atEnd(): boolean {
    return this.peek().kind === 'end'
  }

  peek(): Token {
    this.ahead ??= tokenAt(this.reading.text, this.place, this.end, this.reading.loose)
    return this.ahead
  }

  /** The token behind the next one. */
  peekSecond(): Token {
    return tokenAt(this.reading.text, this.peek().end, this.end, this.reading.loose)
  }

  /** Does `, key=` stand here? */
  settingBehindComma(): boolean {
    const key = this.peekSecond()
    return tokenAt(this.reading.text, key.end, this.end, this.reading.loose).text === '='
  }

  next(): Token {
    const token = this.peek()
    this.place = token.end
    this.before = token.end
    this.ahead = undefined
    return token
  }

  isWord(...words: readonly string[]): boolean {
    const { kind, text } = this.peek()
    return kind === 'word' && words.includes(text.toLowerCase())
  }

  isSymbol(...symbols: readonly string[]): boolean {
    const { kind, text } = this.peek()
    return kind === 'symbol' && symbols.includes(text)
  }

  /** Takes the next token if it is one of these words, in any case. */
  word(...words: readonly string[]): boolean {
    const is = this.isWord(...words)
    if (is) this.next()
    return is
  }

  symbol(...symbols: readonly string[]): boolean {
    const is = this.isSymbol(...symbols)
    if (is) this.next()
    return is
  }

  expectWord(word: string): void {
    if (!this.word(word)) this.unexpected(`"${word}"`)
  }

  expectSymbol(symbol: string): void {
    if (!this.symbol(symbol)) this.unexpected(`"${symbol}"`)
  }

  isName(): boolean {
    const { kind, text } = this.peek()
    return (
      kind === 'word' ||
      kind === 'name' ||
      kind === 'template' ||
      (kind === 'number' && /[\p{L}_]/u.test(text))
    )
  }

  /** The name of a field, an option or a place. */
  name(what = 'the name of a field'): Name {
    if (this.isSymbol('%') && ['text', 'word'].includes(this.peekSecond().kind)) this.next()
    else if (!this.isName()) this.unexpected(what)
    const token = this.next()
    if (token.text === '') this.fail('sumo/no-name', 'this name is empty', token.start)
    return { name: token.kind === 'template' ? `{{${token.text}}}` : token.text, at: this.span(token.start) }
  }

  names(): readonly Name[] {
    const names = [this.name()]
    while (this.isSymbol(',') && names.length < limits.names) {
      const { kind } = this.peekSecond()
      if (kind === 'text') break
      this.next()
      if (kind !== 'end') names.push(this.name())
    }
    return names
  }

  /** `as name`, if it stands here. */
  alias(): { readonly as?: Name } {
    return this.word('as') ? { as: this.name('a name for the value') } : {}
  }

  /** A text between quotes. */
  text(what = 'a text between quotes'): Text {
    if (this.peek().kind !== 'text') this.unexpected(what)
    const token = this.next()
    return { raw: token.text, at: this.span(token.start) }
  }

  /** The inside of the parentheses that open here. */
  group(): Piece {
    const open = this.peek()
    if (!this.isSymbol('(', '[')) this.unexpected('"("')
    const close = closing(this.reading.text, open.start, this.end)
    if (close === undefined) {
      this.fail('sumo/parenthesis', 'this parenthesis is not closed', open.start, 'add ")"')
      return { start: open.start, end: open.start }
    }
    this.place = close + 1
    this.before = close + 1
    this.ahead = undefined
    return { start: open.end, end: close }
  }

  /** What is read, with or without parentheses around it. */
  parenthesised<T>(read: () => T): T {
    const open = this.symbol('(')
    const value = read()
    if (open) this.expectSymbol(')')
    return value
  }

  /** Everything that is left. */
  rest(): string {
    const { start } = this.peek()
    this.place = this.end
    this.before = this.end
    this.ahead = undefined
    return this.reading.text.slice(start, this.end).trim()
  }

  /** Guards recursion; `false` (and a problem) beyond the limit. */
  enter(): boolean {
    if (++this.nested <= limits.nesting) return true
    this.fail('sumo/nesting', 'this nests too deeply', this.peek().start)
    return false
  }

  leave(): void {
    this.nested--
  }

  /** From an offset to the end of what was read. */
  span(start: number): Span {
    return this.reading.places(start, Math.max(start, this.before))
  }

  unexpected(wanted: string): void {
    const { kind, text, start } = this.peek()
    const message =
      kind === 'end' ? `${wanted} is missing here` : `"${text}" cannot stand here: ${wanted} should`
    this.fail('sumo/syntax', message, start)
  }

  /** Reports a mistake, unless one was reported before. */
  fail(code: string, message: string, start: number, help?: string): void {
    if (!this.broken) this.report('error', code, message, { start, help })
    this.broken = true
    this.rest()
  }

  report(
    severity: Diagnostic['severity'],
    code: string,
    message: string,
    {
      start,
      end,
      help,
    }: { readonly start: number; readonly end?: number; readonly help?: string | undefined },
  ): void {
    if (this.reading.problems.length >= limits.problems) return
    const at = this.reading.places(start, end ?? Math.max(start + 1, this.peek().end))
    this.reading.problems.push({ code, severity, message, at, ...(help === undefined ? {} : { help }) })
  }
}
