import { type Command, printOptions } from '../command.ts'
import { readerOf } from '../inner-text.ts'
import { streamed } from '../lower/streaming.ts'
import type { OptionTypes } from '../options.ts'
import type { Reader } from '../reader.ts'
import { printAggregations, printBy, readAggregations } from '../syntax/aggregations.ts'
import { printExpression } from '../syntax/print-expression.ts'
import { readExpression } from '../syntax/read-expression.ts'
import { unescaped } from '../syntax/text.ts'
import type { Expression, Option } from '../syntax/tree.ts'
import { ALL_NUMBERS } from './stats.ts'

const OPTIONS: OptionTypes = {
  current: 'boolean',
  window: 'number',
  time_window: 'text',
  global: 'boolean',
  allnum: ALL_NUMBERS,
  reset_on_change: 'boolean',
}

export const streamstats: Command<'streamstats'> = {
  names: ['streamstats'],
  read: reader => {
    const found: Settings = { options: [] }
    settings(reader, found)
    const aggregations = [...readAggregations(reader, 'by')]
    if (aggregations.length === 0) reader.unexpected('an aggregate such as count is missing')
    settings(reader, found)
    aggregations.push(...readAggregations(reader, 'by'))
    const by = reader.keyword('by') === undefined ? [] : reader.names()
    settings(reader, found)
    reader.finish(OPTIONS)
    return { ...found, aggregations, by }
  },
  lower: (stage, rows, context) => streamed(stage, rows, context),
  print: ({ options, aggregations, by, resetBefore, resetAfter }) =>
    printOptions(options) +
    reset('before', resetBefore) +
    reset('after', resetAfter) +
    printAggregations(aggregations) +
    printBy(by),
}

function reset(name: string, condition: Expression | undefined): string {
  return condition === undefined ? '' : `reset_${name}=(${printExpression(condition)}) `
}

interface Settings {
  readonly options: Option[]
  resetBefore?: Expression
  resetAfter?: Expression
}

/** Adds the options that stand here, of which those that hold conditions have a form of their own. */
function settings(reader: Reader, found: Settings): void {
  for (;;) {
    reader.separators()
    const reset = reader.match(/reset_(before|after)\s*=/iy)?.[1]?.toLowerCase()
    if (reset === 'before') found.resetBefore = condition(reader)
    else if (reset === 'after') found.resetAfter = condition(reader)
    else {
      const option = reader.option(OPTIONS)
      if (option === undefined) return
      found.options.push(option)
    }
  }
}

/** In parentheses, which may stand in quotes of their own, or all of it in quotes. */
function condition(reader: Reader): Expression {
  reader.space()
  const start = reader.at
  const quotedParentheses = reader.match(/"\(\s*"((?:\\[\s\S]|[^"\\])*)"\s*\)"/y)?.[1]
  const text = quotedParentheses === undefined ? reader.quoted() : unescaped(quotedParentheses)
  if (text === undefined) return readExpression(reader)
  const inner = readerOf(text, start, reader)
  const expression = readExpression(inner)
  inner.finish()
  return expression
}
