import type { Span } from '../../../core/diagnostic.ts'
import { type Environment, type Lowering, Refusal, type TimeBounds } from '../../../plan/lowering.ts'
import { columnNamed, type Pipeline, visible } from '../../../plan/pipeline.ts'
import { columnsOf } from '../../../plan/relation.ts'
import type { Column, Scalar } from '../../../plan/scalar.ts'
import { call, column, nothing, text } from '../../../plan/scalars.ts'
import type { Expression, Name, Search, Stages, Term } from '../syntax/tree.ts'

/** The time that a search looks at, by its own text or as it is told. */
export interface SearchWindow {
  readonly earliest: number
  readonly latest: number
  /** What its own text says. */
  readonly written: TimeBounds
}

/** What the lowering of a stage may use besides its rows. */
export interface Context {
  readonly environment: Environment
  readonly window: SearchWindow
  /** Reads a piece of search text, all of whose places are one. */
  readonly read: (text: string, at: Span) => Search
  /** Tables that the whole search writes itself. */
  readonly toCome: ReadonlySet<string>
  /** Lowers a search that stands in brackets; over rows of its own, or over the given ones. */
  readonly lower: (search: Search, rows?: Pipeline) => Lowering<Pipeline>
  /** How fields are shown at the end of the search. */
  readonly formats: Stages['fieldformat'][]
  /** What stands between the values of a field as `nomv` joins them, where an earlier stage has said so. */
  readonly delimiters: Map<string, string>
  /** The value of an expression in a row. */
  readonly value: (expression: Expression, rows: Pipeline) => Scalar
  /** The condition that the rows of a subsearch stand for. */
  readonly condition: (search: Search) => Lowering<Term | undefined>
}

/** Ends the search with a problem. */
export function refuse(code: string, message: string, at?: Span, help?: string): never {
  throw new Refusal({
    code,
    severity: 'error',
    message,
    ...(at === undefined ? {} : { at }),
    ...(help === undefined ? {} : { help }),
  })
}

/** A field of the rows; one that they do not have is reported, and null. */
export function fieldOf(rows: Pipeline, { name, at }: Name, { environment }: Context): Scalar {
  const found = columnNamed(rows, name) ?? datePart(rows, name) ?? given(rows, name)
  if (found !== undefined) return found
  environment.unknownField(name, at)
  return nothing('text')
}

/** The same, without a report: for fields that may well be missing. */
export function maybe(rows: Pipeline, name: string): Scalar {
  return columnNamed(rows, name) ?? nothing('text')
}

export function has(rows: Pipeline, name: string): boolean {
  return columnNamed(rows, name) !== undefined
}

const DATE_PARTS: ReadonlyMap<string, string> = new Map([
  ['date_second', '%-S'],
  ['date_minute', '%-M'],
  ['date_hour', '%-H'],
  ['date_mday', '%-d'],
  ['date_wday', '%A'],
  ['date_month', '%B'],
  ['date_year', '%Y'],
])

/** Is it a field that Splunk makes of an event's time? */
export function isDatePart(name: string): boolean {
  return DATE_PARTS.has(name)
}

function datePart(rows: Pipeline, name: string): Scalar | undefined {
  const format = DATE_PARTS.get(name)
  const time = columnNamed(rows, '_time')
  if (format === undefined || time === undefined) return undefined
  return call('lower', call('format_time', time, text(format)))
}

/** What Splunk says of every event, where nothing else says it. */
export const GIVEN: ReadonlyMap<string, string> = new Map([
  ['index', 'main'],
  ['host', 'localhost'],
  ['splunk_server', 'localhost'],
  ['linecount', '1'],
])

/** Events carry it in hidden columns, which go as soon as rows are no events any more. */
function given(rows: Pipeline, name: string): Scalar | undefined {
  return GIVEN.has(name) ? columnNamed(rows, `$${name}`) : undefined
}

/** Are the rows events as they were found? */
export function areEvents(rows: Pipeline): boolean {
  return has(rows, '$index')
}

/** A visible column that a name with `*` stands for, and what each star stood for. */
export interface Matched extends Column {
  readonly stars: readonly string[]
}

/**
 * The columns that a name stands for, in their order. A star stands for any text; names that begin with `_` are
 * only met by patterns that do.
 */
export function matching(rows: Pipeline, pattern: string): readonly Matched[] {
  if (!pattern.includes('*')) {
    return visible(rows).flatMap(found => (found.name === pattern ? [{ ...found, stars: [] }] : []))
  }
  const parts = pattern.split('*')
  return visible(rows).flatMap(found => {
    if (found.name.startsWith('_') && !pattern.startsWith('_')) return []
    const stars = starsIn(found.name, parts)
    return stars === undefined ? [] : [{ ...found, stars }]
  })
}

/** What stands between the parts of a pattern, as little as possible before each; nothing if the name is not met. */
function starsIn(name: string, parts: readonly string[]): readonly string[] | undefined {
  const [head = '', ...rest] = parts
  const tail = rest.pop() ?? ''
  const end = name.length - tail.length
  if (!name.startsWith(head) || !name.endsWith(tail) || end < head.length) return undefined
  const stars: string[] = []
  let at = head.length
  for (const part of rest) {
    const found = name.indexOf(part, at)
    if (found < 0 || found + part.length > end) return undefined
    stars.push(name.slice(at, found))
    at = found + part.length
  }
  return [...stars, name.slice(at, end)]
}

/** A pattern with its stars filled in. */
export function fillStars(pattern: string, stars: readonly string[]): string {
  return pattern
    .split('*')
    .map((part, at) => (at === 0 ? part : (stars[at - 1] ?? '') + part))
    .join('')
}

export function escapeRegex(literal: string): string {
  return literal.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')
}

/** A hidden name that the rows do not have. */
export function freshName(rows: Pipeline, base: string): string {
  const names = new Set(columnsOf(rows.relation).map(({ name }) => name))
  let name = `$${base}`
  for (let count = 2; names.has(name); count++) name = `$${base}${count}`
  return name
}

/** The beginning of hidden names that the rows do not have. */
export function freshMark(rows: Pipeline, base: string): string {
  const names = columnsOf(rows.relation).map(({ name }) => name)
  let mark = `$${base}_`
  for (let count = 2; names.some(name => name.startsWith(mark)); count++) mark = `$${base}${count}_`
  return mark
}

/** The columns that people see, as values. */
export function shown(rows: Pipeline): readonly { readonly name: string; readonly value: Scalar }[] {
  return visible(rows).map(({ name, type }) => ({ name, value: column(name, type) }))
}

/** All columns but the hidden ones that carry nothing; for a select that must keep the row as it is. */
export function everything(rows: Pipeline): readonly { readonly name: string; readonly value: Scalar }[] {
  return columnsOf(rows.relation).map(({ name, type }) => ({ name, value: column(name, type) }))
}
