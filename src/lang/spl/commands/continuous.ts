import { type Command, printName, printOptions } from '../command.ts'
import { continuous, generatedTimes } from '../lower/continuous.ts'
import type { OptionTypes } from '../options.ts'

const STEPS: OptionTypes = {
  span: 'text',
  bins: 'number',
  start: 'number',
  end: 'number',
  aligntime: 'text',
  minspan: 'text',
}

export const makecontinuous: Command<'makecontinuous'> = {
  names: ['makecontinuous'],
  read: reader => {
    const before = reader.options(STEPS)
    const at = reader.span(reader.at)
    const field = reader.done ? { name: '_time', at } : reader.name()
    const options = [...before, ...reader.options(STEPS)]
    reader.finish(STEPS)
    return { options, field }
  },
  lower: (stage, rows, context) => continuous(stage, rows, context),
  print: ({ options, field }) => printOptions(options) + printName(field),
}

const TIMES: OptionTypes = { start: 'text', end: 'text', increment: 'text' }

export const gentimes: Command<'gentimes'> = {
  names: ['gentimes'],
  generates: true,
  read: reader => {
    const options = reader.options(TIMES)
    reader.finish(TIMES)
    return { options }
  },
  lower: (stage, _, context) => generatedTimes(stage, context),
  print: ({ options }) => printOptions(options).trimEnd(),
}
