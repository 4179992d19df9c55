import { type Command, printOptions } from '../command.ts'
import { streamed } from '../lower/streaming.ts'
import type { OptionTypes, Reader } from '../reader.ts'
import { printAggregations, printBy, readAggregations } from '../syntax/aggregations.ts'
import type { Expression } from '../syntax/expression.ts'
import { printExpression } from '../syntax/print-expression.ts'
import { readExpression } from '../syntax/read-expression.ts'
import type { Option } from '../syntax/tree.ts'

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
    const aggregations = readAggregations(reader, 'by')
    if (aggregations.length === 0) reader.unexpected('an aggregate such as count is missing')
    const by = reader.keyword('by') === undefined ? [] : reader.names()
    reader.finish(OPTIONS)
    return {
      options,
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
    if (found === 'before') before = readExpression(reader)
    else if (found === 'after') after = readExpression(reader)
    else {
      const option = reader.option(OPTIONS)
      if (option === undefined) return { options, before, after }
      options.push(option)
    }
  }
}
