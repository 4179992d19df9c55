import { type Command, printOptions } from '../command.ts'
import { wrapped } from '../lower/timewrap.ts'
import type { OptionTypes } from '../options.ts'

const OPTIONS: OptionTypes = {
  align: { only: ['end'], why: 'periods end with the search' },
  series: ['relative', 'exact', 'short'],
  time_format: 'text',
}

export const timewrap: Command<'timewrap'> = {
  names: ['timewrap'],
  read: reader => {
    const before = reader.options(OPTIONS)
    const span = reader.match(/\d{0,4}[A-Za-z]+(?![\w=])/y)?.[0] ?? ''
    if (span === '') reader.unexpected('the length of a period is missing', 'it is written like 1d or 2w')
    const options = [...before, ...reader.options(OPTIONS)]
    reader.finish(OPTIONS)
    return { options, span }
  },
  lower: (stage, rows, context) => wrapped(stage, rows, context),
  print: ({ options, span }) => `${span} ${printOptions(options)}`.trimEnd(),
}
