import { type Command, printName, printOptions } from '../command.ts'
import { lookedUp, tableRows } from '../lower/lookups.ts'
import { writtenLookup } from '../lower/written-lookup.ts'
import type { OptionTypes } from '../options.ts'
import type { Reader } from '../reader.ts'
import { printTerm } from '../syntax/print-term.ts'
import { readTerm } from '../syntax/read-term.ts'
import type { LookupField } from '../syntax/tree.ts'

const OPTIONS: OptionTypes = { local: 'boolean', update: 'boolean' }

export const lookup: Command<'lookup'> = {
  names: ['lookup'],
  read: reader => {
    const options = reader.options(OPTIONS)
    const table = reader.name('the name of a lookup')
    const keys = pairs(reader)
    if (keys.length === 0) reader.unexpected('the field to look up is missing')
    const word = reader.keyword('output', 'outputnew')
    const outputs = word === undefined ? [] : pairs(reader)
    reader.finish(OPTIONS)
    return { options, table, keys, outputs, how: word === 'outputnew' ? 'OUTPUTNEW' : 'OUTPUT' }
  },
  lower: (stage, rows, context) => lookedUp(stage, rows, context),
  print: ({ options, table, keys, how, outputs }) => {
    const output = outputs.length === 0 && how === 'OUTPUT' ? '' : ` ${how} ${printPairs(outputs)}`
    return `${printOptions(options)}${printName(table)} ${printPairs(keys)}${output}`
  },
}

function pairs(reader: Reader): readonly LookupField[] {
  const found: LookupField[] = []
  for (;;) {
    reader.separators()
    if (reader.done || reader.sees(['output', 'outputnew'])) return found
    const column = reader.name()
    const field = reader.keyword('as') === undefined ? undefined : reader.name()
    found.push({ column, ...(field === undefined ? {} : { field }) })
  }
}

function printPairs(list: readonly LookupField[]): string {
  return list
    .map(({ column, field }) => printName(column) + (field === undefined ? '' : ` as ${printName(field)}`))
    .join(' ')
}

const INPUT: OptionTypes = { append: 'boolean', start: 'number', max: 'number', strict: 'boolean' }

export const inputlookup: Command<'inputlookup'> = {
  names: ['inputlookup'],
  generates: true,
  read: reader => {
    const before = reader.options(INPUT)
    const table = reader.name('the name of a lookup')
    const options = [...before, ...reader.options(INPUT)]
    const where = reader.keyword('where') === undefined ? undefined : readTerm(reader)
    reader.finish(INPUT)
    return { options, table, ...(where === undefined ? {} : { where }) }
  },
  lower: (stage, rows, context) => tableRows(stage, rows, context),
  print: ({ options, table, where }, printSearch) => {
    const condition = where === undefined ? '' : ` where ${printTerm(where, printSearch)}`
    return `${printOptions(options)}${printName(table)}${condition}`
  },
}

const OUTPUT: OptionTypes = {
  append: 'boolean',
  create_empty: 'boolean',
  create_context: 'text',
  override_if_empty: 'boolean',
  createinapp: 'boolean',
  max: 'number',
  key_field: 'text',
  allow_updates: 'boolean',
  output_format: ['splunk_sv_csv', 'splunk_mv_csv'],
}

export const outputlookup: Command<'outputlookup'> = {
  names: ['outputlookup'],
  read: reader => {
    const before = reader.options(OUTPUT)
    const table = reader.name('the name of a lookup')
    const options = [...before, ...reader.options(OUTPUT)]
    reader.finish(OUTPUT)
    return { options, table }
  },
  lower: (stage, rows, context) => writtenLookup(stage, rows, context),
  print: ({ options, table }) => printOptions(options) + printName(table),
}
