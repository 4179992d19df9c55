import type { Reader } from '../reader.ts'
import { readExpression } from './read-expression.ts'
import { bareOrQuoted } from './text.ts'
import type { Aggregation, Name } from './tree.ts'

/** Reads `count values(x) as y, …` up to one of the stop words or an option. */
export function readAggregations(reader: Reader, ...stops: readonly string[]): readonly Aggregation[] {
  const found: Aggregation[] = []
  for (;;) {
    reader.separators()
    if (
      reader.done ||
      reader.sees(stops) ||
      !reader.looksAt(/[A-Za-z_]\w*(?!\s*=)(?![\w.])|p[a-z]*\d+\.\d+\(/y)
    )
      return found
    found.push(readAggregation(reader))
  }
}

function readAggregation(reader: Reader): Aggregation {
  const start = reader.at
  const fn = (reader.match(/[A-Za-z_]\w*(?:\.\d+(?=\())?/y)?.[0] ?? '').toLowerCase()
  // Only what is inside of a picture is not read.
  const isPicture = fn === 'sparkline' && reader.match(/\((?:[^()]|\([^()]*\))*\)/y) !== undefined
  const argument = !isPicture && reader.take('(') ? readArgument(reader, fn === 'eval') : undefined
  const text = reader.text.slice(start, reader.at)
  const at = reader.span(start)
  const as = reader.keyword('as') === undefined ? undefined : reader.name('the new name')
  return {
    fn,
    text,
    at,
    ...(argument === undefined ? {} : { argument }),
    ...(as === undefined ? {} : { as }),
  }
}

function readArgument(reader: Reader, computed: boolean): Aggregation['argument'] {
  reader.space()
  if (reader.take(')')) return undefined
  if (computed) {
    const expression = readExpression(reader)
    reader.expect(')')
    return { expression }
  }
  const start = reader.at
  if (reader.match(/eval\s*\(/iy) !== undefined) {
    const expression = readExpression(reader)
    reader.expect(')')
    reader.expect(')')
    return { expression }
  }
  const quote = reader.peek()
  const name =
    quote === '"' || quote === "'" ? reader.delimited() : (reader.match(/[^()"',|[\]]+/y)?.[0] ?? '').trim()
  const at = reader.span(start)
  if (name === '') reader.unexpected('the name of a field is missing')
  reader.expect(')', 'one field is expected; an expression is written eval(…)')
  return { name, at }
}

export function printAggregations(aggregations: readonly Aggregation[]): string {
  return aggregations.map(printAggregation).join(' ')
}

function printAggregation({ text, as }: Aggregation): string {
  return as === undefined ? text : `${text} as ${bareOrQuoted(as.name)}`
}

/** ` by a b`, or nothing. */
export function printBy(by: readonly Name[], word = 'by'): string {
  return by.length === 0 ? '' : ` ${word} ${printNames(by)}`
}

export function printNames(names: readonly Name[]): string {
  return names.map(({ name }) => bareOrQuoted(name)).join(' ')
}
