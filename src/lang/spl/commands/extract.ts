import { type Command, printOptions } from '../command.ts'
import { elementsExtracted, pairsExtracted } from '../lower/pairs.ts'
import { tablesRead } from '../lower/text-tables.ts'
import type { OptionTypes } from '../options.ts'
import { optionsAndFields } from '../options-and-fields.ts'
import type { Reader } from '../reader.ts'
import { printNames } from '../syntax/aggregations.ts'
import { quote } from '../syntax/text.ts'
import type { Option, WordList } from '../syntax/tree.ts'

const EXTRACT: OptionTypes = {
  pairdelim: 'text',
  kvdelim: 'text',
  limit: 'number',
  maxchars: 'number',
  mv_add: 'boolean',
  clean_keys: 'boolean',
  reload: 'boolean',
  segment: 'boolean',
  auto: 'boolean',
}
const MULTIKV: OptionTypes = {
  conf: { only: [], why: 'there is no multikv.conf' },
  copyattrs: 'boolean',
  forceheader: 'number',
  multitable: 'boolean',
  noheader: 'boolean',
  rmorig: 'boolean',
}

export const extract: Command<'extract'> = {
  names: ['extract', 'kv'],
  read: reader => optionsAndFields(reader, EXTRACT),
  lower: (stage, rows, context) => pairsExtracted(stage, rows, context),
  print: ({ options, fields }) => printOptions(options) + printNames(fields),
}

export const xmlkv: Command<'xmlkv'> = {
  names: ['xmlkv'],
  read: reader => optionsAndFields(reader, { maxinputs: 'number' }),
  lower: (stage, rows, context) => elementsExtracted(stage, rows, context),
  print: ({ options, fields }) => printOptions(options) + printNames(fields),
}

export const multikv: Command<'multikv'> = {
  names: ['multikv'],
  read: reader => {
    const options: Option[] = []
    const lists: WordList[] = []
    for (;;) {
      options.push(...reader.options(MULTIKV))
      const name = reader.keyword(...LISTS)
      if (name === undefined) break
      lists.push({ name, words: words(reader) })
    }
    reader.finish(MULTIKV)
    return { options, lists }
  },
  lower: (stage, rows, context) => tablesRead(stage, rows, context),
  print: ({ options, lists }) =>
    printOptions(options) +
    lists.map(({ name, words: all }) => `${name} ${all.map(quote).join(' ')}`).join(' '),
}

const LISTS = ['fields', 'filter'] as const

function words(reader: Reader): readonly string[] {
  const found: string[] = []
  for (;;) {
    reader.separators()
    if (reader.done || reader.sees(LISTS) || reader.looksAt(/\w+\s*=/y)) return found
    found.push(reader.value('a word'))
  }
}
