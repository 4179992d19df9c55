import { never } from '../../core/never.ts'
import { Cursor } from './cursor.ts'
import { limits } from './limits.ts'
import type { Reading } from './reading.ts'
import { type ScopeToken, scopeTokenAt } from './scope-tokens.ts'
import type { Piece } from './split.ts'
import { readSubquery } from './subquery-head.ts'
import type { Pipeline, Scope } from './syntax.ts'

/** Reads what stands before the first pipe: NOT binds before AND, AND (also between neighbours) before OR. */
export function readScope(reading: Reading, range: Piece, depth: number): Scope {
  return new ScopeParser(reading, range, depth).all()
}

class ScopeParser {
  private readonly reading: Reading
  private readonly range: Piece
  /** For messages. */
  private readonly cursor: Cursor
  private token: ScopeToken
  private nested = 0

  constructor(reading: Reading, range: Piece, depth: number) {
    this.reading = reading
    this.range = range
    this.cursor = new Cursor(reading, range, depth)
    this.token = scopeTokenAt(reading.text, range.start, range.end)
  }

  all(): Scope {
    if (this.is('end')) return { kind: 'everything', at: this.span(this.range.start) }
    const scope = this.either()
    if (this.is('close')) this.fail('this parenthesis closes nothing', 'remove it')
    else if (!this.is('end')) this.fail(`"${this.text()}" cannot stand here`)
    return scope
  }

  private either(): Scope {
    const { start } = this.token
    const of = [this.every()]
    while (this.take('or') && of.length < limits.operators) of.push(this.every())
    const [only] = of
    return of.length === 1 && only !== undefined ? only : { kind: 'or', of, at: this.span(start) }
  }

  private every(): Scope {
    const { start } = this.token
    const of = [this.negation()]
    for (;;) {
      if (!this.take('and') && (this.is('end') || this.is('close') || this.is('or'))) break
      of.push(this.negation())
      if (of.length > limits.operators) this.fail('there are too many words')
    }
    const [only] = of
    return of.length === 1 && only !== undefined ? only : { kind: 'and', of, at: this.span(start) }
  }

  private negation(): Scope {
    const { start } = this.token
    if (!this.take('not')) return this.term()
    if (++this.nested > limits.nesting) return this.tooDeep()
    const of = this.negation()
    this.nested--
    return { kind: 'not', of, at: this.span(start) }
  }

  private term(): Scope {
    const { token } = this
    switch (token.kind) {
      case 'open':
        return this.group()
      case 'subquery':
        this.advance()
        return { kind: 'subquery', pipeline: this.subquery(token), at: this.at(token) }
      case 'word':
        this.advance()
        if (token.raw === '*') return { kind: 'everything', at: this.at(token) }
        return { kind: 'keyword', raw: token.raw, at: this.at(token) }
      case 'phrase':
        this.advance()
        return { kind: 'phrase', raw: token.raw, at: this.at(token) }
      case 'template':
        this.advance()
        return { kind: 'template', name: token.raw, at: this.at(token) }
      case 'metadata':
        this.advance()
        return this.metadata(token)
      case 'and':
      case 'or':
      case 'not':
      case 'close':
      case 'end':
        return this.missing()
      default:
        return never(token)
    }
  }

  private group(): Scope {
    const { start } = this.token
    this.advance()
    if (++this.nested > limits.nesting) return this.tooDeep()
    if (this.take('close')) return { kind: 'everything', at: this.span(start) }
    const scope = this.either()
    this.nested--
    if (!this.take('close')) this.fail('a parenthesis is not closed', 'add ")"')
    return scope
  }

  private subquery({ start, inner }: Extract<ScopeToken, { kind: 'subquery' }>): Pipeline {
    return readSubquery(this.cursor, this.reading.text.slice(start + 1, inner.start), inner)
  }

  private metadata(token: Extract<ScopeToken, { kind: 'metadata' }>): Scope {
    const { name, op, raw, quoted } = token
    return { kind: 'metadata', name, op, raw, quoted, at: this.at(token) }
  }

  private missing(): Scope {
    this.fail('a keyword is missing here')
    return { kind: 'everything', at: this.span(this.token.start) }
  }

  private tooDeep(): Scope {
    this.fail('this nests too deeply')
    return { kind: 'everything', at: this.span(this.token.start) }
  }

  private is(kind: ScopeToken['kind']): boolean {
    return this.token.kind === kind
  }

  private take(kind: ScopeToken['kind']): boolean {
    if (!this.is(kind)) return false
    this.advance()
    return true
  }

  private advance(): void {
    this.token = scopeTokenAt(this.reading.text, this.token.end, this.range.end)
  }

  private at(token: ScopeToken) {
    return this.reading.places(token.start, token.end)
  }

  private span(start: number) {
    return this.reading.places(start, Math.max(start, this.token.start))
  }

  private text(): string {
    return this.reading.text.slice(this.token.start, this.token.end)
  }

  private fail(message: string, help?: string): void {
    this.cursor.fail('sumo/scope', message, this.token.start, help)
    this.token = { kind: 'end', start: this.range.end, end: this.range.end }
  }
}
