import { type Command, printName, printOptions } from '../command.ts'
import { regressed, trends } from '../lower/neighbours.ts'
import type { OptionTypes } from '../options.ts'
import type { Reader } from '../reader.ts'
import type { Trend } from '../syntax/tree.ts'

const REGRESS: OptionTypes = { p: 'text' }

export const autoregress: Command<'autoregress'> = {
  names: ['autoregress'],
  read: reader => {
    const before = reader.options(REGRESS)
    const field = reader.name()
    const as = reader.keyword('as') === undefined ? undefined : reader.name('the new name')
    const options = [...before, ...reader.options(REGRESS)]
    reader.finish(REGRESS)
    return { options, field, ...(as === undefined ? {} : { as }) }
  },
  lower: (stage, rows, context) => regressed(stage, rows, context),
  print: ({ options, field, as }) =>
    `${printOptions(options)}${printName(field)}${as === undefined ? '' : ` as ${printName(as)}`}`,
}

export const trendline: Command<'trendline'> = {
  names: ['trendline'],
  read: reader => {
    const found: Trend[] = []
    do {
      found.push(trend(reader))
      reader.separators()
    } while (!reader.done)
    return { trends: found }
  },
  lower: (stage, rows, context) => trends(stage, rows, context),
  print: ({ trends: all }) =>
    all
      .map(({ how, period, field, as }) => {
        return `${how}${period}(${printName(field)})${as === undefined ? '' : ` as ${printName(as)}`}`
      })
      .join(' '),
}

function trend(reader: Reader): Trend {
  reader.space()
  const found = reader.match(/(sma|ema|wma)(\d{1,5})\s*\(/iy)
  if (found === undefined) reader.unexpected('a trend is missing', 'it is written like sma5(count)')
  const field = reader.name()
  reader.expect(')')
  const as = reader.keyword('as') === undefined ? undefined : reader.name('the new name')
  const how = (found?.[1]?.toLowerCase() ?? 'sma') as Trend['how']
  return { how, period: Number(found?.[2] ?? 2), field, ...(as === undefined ? {} : { as }) }
}
