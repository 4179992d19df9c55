import { type Command, printOptions } from '../command.ts'
import { ranked } from '../lower/ranking.ts'
import type { OptionTypes } from '../options.ts'
import type { Reader } from '../reader.ts'
import { printBy, printNames } from '../syntax/aggregations.ts'
import type { Name, Option, Stages } from '../syntax/tree.ts'

const OPTIONS: OptionTypes = {
  limit: 'number',
  countfield: 'text',
  percentfield: 'text',
  showcount: 'boolean',
  showperc: 'boolean',
  useother: 'boolean',
  otherstr: 'text',
}

export const top: Command<'top'> = {
  names: ['top'],
  read: ranking,
  lower: (stage, rows, context) => ranked(stage, rows, context),
  print: printRanking,
}

export const rare: Command<'rare'> = {
  names: ['rare'],
  read: ranking,
  lower: (stage, rows, context) => ranked(stage, rows, context),
  print: printRanking,
}

const UNKNOWN_OPTION = /\w+\s*=/y

interface Ranked {
  readonly options: readonly Option[]
  readonly fields: readonly Name[]
  readonly by: readonly Name[]
  readonly limit?: number
}

function ranking(reader: Reader): Ranked {
  const before = reader.options(OPTIONS)
  const count = reader.match(/(\d{1,9})(?=\s)/y)?.[1]
  const options: Option[] = [...before, ...reader.options(OPTIONS)]
  const fields: Name[] = []
  while (!reader.done && !reader.sees(['by']) && !reader.looksAt(UNKNOWN_OPTION)) {
    fields.push(reader.name())
    options.push(...reader.options(OPTIONS))
  }
  if (fields.length === 0) reader.unexpected('the name of a field is missing')
  const by: Name[] = []
  if (reader.keyword('by') !== undefined) {
    while (!reader.done && !reader.looksAt(UNKNOWN_OPTION)) {
      by.push(reader.name())
      options.push(...reader.options(OPTIONS))
    }
  }
  reader.finish(OPTIONS)
  return { options, fields, by, ...(count === undefined ? {} : { limit: Number(count) }) }
}

function printRanking({ options, limit, fields, by }: Stages['top'] | Stages['rare']): string {
  const count = limit === undefined ? '' : `${limit} `
  return `${printOptions(options)}${count}${printNames(fields)}${printBy(by)}`
}
