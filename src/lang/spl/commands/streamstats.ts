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

const OPTIONS: OptionTypes = {
  current: 'boolean',
  window: 'number',
  time_window: 'text',
  global: 'boolean',
  allnum: 'boolean',
  reset_on_change: 'boolean',
}

export const streamstats: Command<'streamstats'> = {
  names: ['streamstats'],
  read: reader => {
    const { options, before, after } = settings(reader)
    const aggregations = [...readAggregations(reader, 'by')]
    if (aggregations.length === 0) reader.unexpected('an aggregate such as count is missing')
    const behind = [...reader.options(OPTIONS)]
    aggregations.push(...readAggregations(reader, 'by'))
    const by = reader.keyword('by') === undefined ? [] : reader.names()
    behind.push(...reader.options(OPTIONS))
    reader.finish(OPTIONS)
    return {
      options: [...options, ...behind],
      aggregations,
      by,
      ...(before === undefined ? {} : { resetBefore: before }),
      ...(after === undefined ? {} : { resetAfter: after }),
    }
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
  readonly options: readonly Option[]
  readonly before: Expression | undefined
  readonly after: Expression | undefined
}

function settings(reader: Reader): Settings {
  const options: Option[] = []
  let before: Expression | undefined
  let after: Expression | undefined
  for (;;) {
    reader.separators()
    const found = reader.match(/reset_(before|after)\s*=/iy)?.[1]?.toLowerCase()
    if (found === 'before') before = condition(reader)
    else if (found === 'after') after = condition(reader)
    else {
      const option = reader.option(OPTIONS)
      if (option === undefined) return { options, before, after }
      options.push(option)
    }
  }
}

/** In parentheses, which may stand in quotes of their own, or all of it in quotes. */
function condition(reader: Reader): Expression {
  reader.space()
  const start = reader.at
  const quotedParentheses = reader.match(/"\(\s*"([\s\S]*?)"\s*\)"/y)?.[1]
  const text = quotedParentheses === undefined ? reader.quoted() : unescaped(quotedParentheses)
  if (text === undefined) return readExpression(reader)
  const inner = readerOf(text, start, reader)
  const expression = readExpression(inner)
  inner.finish()
  return expression
}
