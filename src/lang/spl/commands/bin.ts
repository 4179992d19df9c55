import { type Command, printName, printOptions } from '../command.ts'
import { binned } from '../lower/bins.ts'
import type { OptionTypes } from '../options.ts'

const OPTIONS: OptionTypes = {
  span: 'text',
  bins: 'number',
  minspan: 'text',
  start: 'number',
  end: 'number',
  aligntime: 'text',
}

export const bin: Command<'bin'> = {
  names: ['bin', 'bucket', 'discretize'],
  read: reader => {
    const before = reader.options(OPTIONS)
    const field = reader.name()
    const between = reader.options(OPTIONS)
    const as = reader.keyword('as') === undefined ? undefined : reader.name('the new name')
    const options = [...before, ...between, ...reader.options(OPTIONS)]
    reader.finish(OPTIONS)
    return { field, options, ...(as === undefined ? {} : { as }) }
  },
  lower: (stage, rows, context) => binned(stage, rows, context),
  print: ({ field, as, options }) =>
    printOptions(options) + printName(field) + (as === undefined ? '' : ` as ${printName(as)}`),
}
