import { type Command, printOptions } from '../command.ts'
import { readerOf } from '../inner-text.ts'
import { transactions } from '../lower/transactions.ts'
import type { OptionTypes } from '../options.ts'
import type { Reader } from '../reader.ts'
import { printNames } from '../syntax/aggregations.ts'
import { printExpression } from '../syntax/print-expression.ts'
import { printTerm } from '../syntax/print-term.ts'
import { readExpression } from '../syntax/read-expression.ts'
import { readTerm } from '../syntax/read-term.ts'
import type { Boundary, Name, Option, Search } from '../syntax/tree.ts'

const OPTIONS: OptionTypes = {
  name: 'text',
  maxspan: 'text',
  maxpause: 'text',
  maxevents: 'number',
  connected: 'boolean',
  unifyends: 'boolean',
  keeporphans: 'boolean',
  keepevicted: 'boolean',
  mvlist: 'text',
  delim: 'text',
  nullstr: 'text',
  mvraw: 'boolean',
  maxopentxn: 'number',
  maxopenevents: 'number',
  match: ['closest'],
}

export const transaction: Command<'transaction'> = {
  names: ['transaction', 'transam'],
  read: reader => {
    const options: Option[] = []
    const fields: Name[] = []
    const bounds: { startsWith?: Boundary; endsWith?: Boundary } = {}
    for (;;) {
      options.push(...optionsOf(reader))
      if (reader.done) break
      const named = reader.match(/fields\s*=\s*/iy)
      if (named !== undefined) fields.push(...namesIn(reader))
      const bound = reader.match(/(startswith|endswith)\s*=\s*/iy)?.[1]?.toLowerCase()
      if (bound === 'startswith') bounds.startsWith = boundary(reader)
      else if (bound === 'endswith') bounds.endsWith = boundary(reader)
      else if (reader.looksAt(/\w+\s*=/y)) break
      else if (named === undefined) fields.push(reader.name())
    }
    reader.finish({ ...OPTIONS, startswith: 'text', endswith: 'text' })
    return { options, fields, ...bounds }
  },
  lower: (stage, rows, context) => transactions(stage, rows, context),
  print: ({ options, fields, startsWith, endsWith }, printSearch) =>
    printOptions(options) +
    printNames(fields) +
    printBoundary('startswith', startsWith, printSearch) +
    printBoundary('endswith', endsWith, printSearch),
}

/** Names with commas and nothing else between them. */
const LISTED = /mvlist\s*=\s*(?!(?:t|f|true|false),)([^\s,"=]+(?:,[^\s,"=]+)+)(?=\s|$)/iy

function optionsOf(reader: Reader): readonly Option[] {
  const found: Option[] = []
  for (;;) {
    reader.separators()
    const start = reader.at
    const list = reader.match(LISTED)?.[1]
    const option =
      list === undefined ? reader.option(OPTIONS) : { name: 'mvlist', value: list, at: reader.span(start) }
    if (option === undefined) return found
    found.push(option)
  }
}

/** The older way to name fields: `fields="a, b"`. */
function namesIn(reader: Reader): readonly Name[] {
  const start = reader.at
  return reader
    .value('the names of fields')
    .split(/[\s,]+/)
    .filter(name => name !== '')
    .map(name => ({ name, at: reader.span(start) }))
}

/** Search terms in quotes or in parentheses, or `eval(expression)`. */
function boundary(reader: Reader): Boundary {
  const start = reader.at
  if (reader.match(/eval\s*\(/iy) !== undefined) {
    const expression = readExpression(reader)
    reader.expect(')')
    return { expression }
  }
  if (reader.take('(')) {
    const term = readTerm(reader)
    reader.expect(')')
    return { term: term ?? { kind: 'word', text: '*', how: 'bare', at: reader.span(start) } }
  }
  const text = reader.quoted() ?? reader.match(/[^\s,]+/y)?.[0] ?? ''
  if (text === '') reader.unexpected('a condition is missing')
  const inner = readerOf(text, start, reader)
  const term = readTerm(inner)
  inner.finish()
  return { term: term ?? { kind: 'word', text: '*', how: 'bare', at: reader.span(start) } }
}

function printBoundary(
  name: string,
  bound: Boundary | undefined,
  printSearch: (search: Search) => string,
): string {
  if (bound === undefined) return ''
  if ('expression' in bound) return ` ${name}=eval(${printExpression(bound.expression)})`
  return ` ${name}=(${printTerm(bound.term, printSearch)})`
}
