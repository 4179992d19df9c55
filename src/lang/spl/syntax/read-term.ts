import { readSubsearch } from '../inner-text.ts'
import { limits } from '../limits.ts'
import type { Reader } from '../reader.ts'
import { readExpression } from './read-expression.ts'
import { unescaped } from './text.ts'
import type { Name, Term, TermOperator } from './tree.ts'

/**
 * Reads a condition of `search` up to the end, a closing parenthesis or one of the stop words. `OR` binds more
 * tightly than `AND`, which may be left out. Nothing at all gives nothing.
 */
export function readTerm(reader: Reader, stops: readonly string[] = []): Term | undefined {
  const words: TermReader = { reader, stops, count: 0 }
  return reader.nested(() => conjunction(words), undefined)
}

interface TermReader {
  readonly reader: Reader
  readonly stops: readonly string[]
  count: number
}

function conjunction(words: TermReader): Term | undefined {
  const { reader, stops } = words
  const terms: Term[] = []
  while (!reader.done && reader.peek() !== ')' && !reader.sees(stops)) {
    if (operatorWord(reader, 'AND')) {
      if (terms.length === 0) reader.unexpected('"AND" needs a term before it')
      if (reader.done || reader.peek() === ')') reader.unexpected('"AND" needs a term behind it')
    }
    const term = disjunction(words)
    if (reader.failed) return undefined
    terms.push(term)
    reader.match(/\s*,(?=\s)/y)
  }
  const [only] = terms
  return terms.length > 1 ? { kind: 'and', of: terms } : only
}

function disjunction(words: TermReader): Term {
  const terms = [negation(words)]
  while (operatorWord(words.reader, 'OR')) terms.push(negation(words))
  const [only] = terms
  return terms.length === 1 && only !== undefined ? only : { kind: 'or', of: terms }
}

function negation(words: TermReader): Term {
  const { reader } = words
  if (!operatorWord(reader, 'NOT')) return primary(words)
  return { kind: 'not', of: reader.nested(() => negation(words), NOTHING) }
}

/** Operators are words in capitals; in small letters they are words to look for. */
function operatorWord(reader: Reader, word: 'AND' | 'OR' | 'NOT'): boolean {
  const before = reader.at
  reader.space()
  if (reader.match(/[A-Z]+(?=[\s()["]|$)/y)?.[0] === word && !reader.looksAt(/\s*(?:!=|[=<>])/y)) return true
  reader.at = reader.failed ? reader.at : before
  return false
}

function primary(words: TermReader): Term {
  const { reader } = words
  reader.space()
  if (++words.count > limits.terms) reader.fail('spl/terms', `it has more than ${limits.terms} terms`)
  const start = reader.at
  if (reader.peek() === '[')
    return { kind: 'subsearch', search: readSubsearch(reader), at: reader.span(start) }
  if (reader.take('(')) return group(words)
  const exact = reader.match(/(TERM|CASE)\(([^()]*)\)/y)
  if (exact !== undefined) return exactWord(exact, reader, start)
  const quoted = reader.peek() === '"'
  const text = reader.quoted() ?? bareName(reader)
  const at = reader.span(start)
  const op = comparison(reader)
  if (op !== undefined) return compared(reader, { name: text, at }, op, start)
  if (text !== '' && reader.match(/\s*IN\s*(?=\()/iy) !== undefined)
    return inList(reader, { name: text, at }, start)
  if (text !== '' && reader.match(/\s+NOT\s+IN\s*(?=\()/y) !== undefined)
    return { kind: 'not', of: inList(reader, { name: text, at }, start) }
  if (text === '' && !quoted) reader.unexpected('a term is missing')
  const indexed = quoted ? undefined : indexedField(text)
  if (indexed !== undefined)
    return { kind: 'compare', field: { name: indexed[0], at }, op: '=', value: indexed[1], at }
  return { kind: 'word', text, how: quoted ? 'quoted' : 'bare', at }
}

/** `host::web1`, which is how Splunk writes fields that are indexed. */
function indexedField(text: string): readonly [name: string, value: string] | undefined {
  const [, name, value] = /^([A-Za-z_]\w*)::([^:].*)$/s.exec(text) ?? []
  return name === undefined || value === undefined ? undefined : [name, value]
}

function group(words: TermReader): Term {
  const { reader } = words
  const inner = reader.nested(() => conjunction({ ...words, stops: [] }), undefined)
  reader.expect(')', 'a parenthesis that belongs to the text is put in quotes')
  if (inner === undefined && !reader.failed)
    reader.fail('spl/syntax', 'there is nothing between the parentheses')
  return inner ?? NOTHING
}

function exactWord(found: RegExpExecArray, reader: Reader, start: number): Term {
  const inner = (found[2] ?? '').trim()
  const text = /^"[\s\S]*"$/.test(inner) ? unescaped(inner.slice(1, -1)) : inner
  return { kind: 'word', text, how: found[1] === 'TERM' ? 'term' : 'case', at: reader.span(start) }
}

/** A bare word: a comma at its end belongs to the list around it. */
function bareName(reader: Reader): string {
  const text = reader.match(/(?:[^\s"()[\]=<>!\\,]|\\[\s\S]|!(?!=)|,(?=[^\s)]))+/y)?.[0] ?? ''
  return unescaped(text)
}

function comparison(reader: Reader): TermOperator | undefined {
  return reader.match(/\s*(!=|<=|>=|==|[=<>])/y)?.[1]?.replace('==', '=') as TermOperator | undefined
}

/** Functions that are written in `search` too, as if it knew them. */
const FUNCTION = /(?:relative_time|now|time|strptime)\(/iy

function compared(reader: Reader, field: Name, op: TermOperator, start: number): Term {
  if (field.name === '') reader.fail('spl/syntax', `the name of a field is missing before "${op}"`)
  reader.space()
  if (reader.looksAt(FUNCTION))
    return { kind: 'computed', field, op, value: readExpression(reader), at: reader.span(start) }
  const value = reader.quoted() ?? bareValue(reader)
  if (value === undefined) {
    reader.unexpected(`a value is missing behind "${field.name}${op}"`, 'an empty value is written ""')
  }
  return { kind: 'compare', field, op, value: value ?? '', at: reader.span(start) }
}

function bareValue(reader: Reader): string | undefined {
  const text = reader.match(/(?:[^\s"()[\]|\\,]|\\[\s\S]|,(?=[^\s)]))+/y)?.[0]
  return text === undefined ? undefined : unescaped(text)
}

function inList(reader: Reader, field: Name, start: number): Term {
  reader.expect('(')
  const values: string[] = []
  for (;;) {
    reader.separators()
    if (reader.failed || reader.take(')')) break
    const value = reader.quoted() ?? reader.match(/(?:[^\s"()[\]|\\,]|\\[\s\S])+/y)?.[0]
    if (value === undefined) reader.unexpected('the list is not closed')
    else values.push(unescaped(value))
  }
  if (values.length === 0 && !reader.failed) reader.fail('spl/syntax', 'the list is empty', { from: start })
  return { kind: 'in', field, values, at: reader.span(start) }
}

const NOTHING: Term = {
  kind: 'word',
  text: '*',
  how: 'bare',
  at: { start: 0, end: 0, line: 1, column: 1 },
}
