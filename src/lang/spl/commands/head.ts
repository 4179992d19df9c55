import {
  extend,
  filter,
  limit as limitRows,
  type Pipeline,
  reverse as reverseRows,
  window,
} from '../../../plan/pipeline.ts'
import type { Scalar } from '../../../plan/scalar.ts'
import { choose, column, compare, either, isNull, known, number } from '../../../plan/scalars.ts'
import { type Command, printOptions } from '../command.ts'
import { freshName } from '../lower/context.ts'
import { lowerCondition } from '../lower/expression.ts'
import type { OptionTypes } from '../options.ts'
import { isOn, numberOf } from '../options.ts'
import type { Reader } from '../reader.ts'
import { printExpression } from '../syntax/print-expression.ts'
import { readExpression } from '../syntax/read-expression.ts'
import type { Option } from '../syntax/tree.ts'

const OPTIONS: OptionTypes = { limit: 'number', null: 'boolean', keeplast: 'boolean' }

export const head: Command<'head'> = {
  names: ['head'],
  read: reader => {
    const before = reader.options(OPTIONS)
    const count = reader.match(/\d{1,9}(?![\w.])/y)?.[0]
    // Behind the options and a number, whatever is left is a condition.
    const more = reader.options(OPTIONS)
    const none = reader.done || reader.looksAt(count === undefined ? /\w+\s*=(?!=)/y : /[^(]/y)
    const condition = none ? undefined : readExpression(reader)
    const options = [...before, ...more, ...reader.options(OPTIONS)]
    reader.finish(OPTIONS)
    return {
      options,
      ...(count === undefined ? {} : { limit: Number(count) }),
      ...(condition === undefined ? {} : { while: condition }),
    }
  },
  lower: ({ options, limit, while: condition }, rows, context) => {
    const count =
      limit ?? (condition === undefined ? numberOf(options, 'limit', 10) : numberOf(options, 'limit', 0))
    const some =
      condition === undefined ? rows : whileTrue(rows, lowerCondition(condition, rows, context), options)
    return count === 0 && condition !== undefined ? some : limitRows(some, count)
  },
  print: ({ options, limit, while: condition }) =>
    printOptions(options) +
    (limit ?? '') +
    (condition === undefined ? '' : ` (${printExpression(condition)})`),
}

export const tail: Command<'tail'> = {
  names: ['tail'],
  read: reader => {
    const limit = reader.done ? 10 : wholeNumber(reader)
    reader.finish()
    return { limit }
  },
  lower: ({ limit }, rows) => limitRows(reverseRows(rows), limit),
  print: ({ limit }) => String(limit),
}

export const reverse: Command<'reverse'> = {
  names: ['reverse'],
  read: reader => {
    reader.finish()
    return {}
  },
  lower: (_, rows) => reverseRows(rows),
  print: () => '',
}

/** The rows before the first for which it is not true; with `keeplast`, that one too. */
function whileTrue(rows: Pipeline, condition: Scalar, options: readonly Option[]): Pipeline {
  const name = freshName(rows, 'failed')
  const held = isOn(options, 'null') ? either(condition, isNull(condition)) : condition
  const failed = extend(rows, [{ name, value: choose(known(held), number(0), number(1)) }])
  const aggregate = { fn: 'sum', of: column(name, 'number'), type: 'number' } as const
  const frame = { from: 'start', to: isOn(options, 'keeplast') ? -1 : 0 } as const
  const counted = window(failed, [
    { name, fn: 'aggregate', aggregate, frame, partitionBy: [], orderBy: rows.order, type: 'number' },
  ])
  const none = column(name, 'number')
  return filter(counted, either(isNull(none), compare('eq', none, number(0))))
}

function wholeNumber(reader: Reader): number {
  reader.space()
  const text = reader.match(/\d{1,9}(?![\w.])/y)?.[0]
  if (text === undefined) reader.unexpected('the number of rows is missing')
  return Number(text ?? 0)
}
