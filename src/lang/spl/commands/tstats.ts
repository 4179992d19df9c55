import { type Command, printName, printOptions } from '../command.ts'
import { refuse } from '../lower/context.ts'
import { modelStats } from '../lower/models.ts'
import type { OptionTypes } from '../options.ts'
import type { Reader } from '../reader.ts'
import { printAggregations, printBy, readAggregations } from '../syntax/aggregations.ts'
import { printTerm } from '../syntax/print-term.ts'
import { readTerm } from '../syntax/read-term.ts'
import type { Name, Option, Search, Term } from '../syntax/tree.ts'

const OPTIONS: OptionTypes = {
  prestats: 'boolean',
  local: 'boolean',
  append: 'boolean',
  summariesonly: 'boolean',
  allow_old_summaries: 'boolean',
  fillnull_value: 'text',
  chunk_size: 'number',
  include_reduced_buckets: 'boolean',
  span: 'text',
}

export const tstats: Command<'tstats'> = {
  names: ['tstats'],
  generates: true,
  read: reader => {
    const head = reader.options(OPTIONS)
    const aggregations = readAggregations(reader, 'from', 'where', 'by', 'groupby')
    const model = reader.keyword('from') === undefined ? undefined : readModel(reader)
    const { where, by, options } = readRest(reader)
    return {
      options: [...head, ...options],
      aggregations,
      by,
      ...(model === undefined ? {} : { model }),
      ...(where === undefined ? {} : { where }),
    }
  },
  lower: (stage, rows, context) => modelStats(stage, rows, context),
  print: ({ options, aggregations, model, where, by }, printSearch) => {
    const from = model === undefined ? '' : ` from datamodel=${printName(model)}`
    return `${printOptions(options)}${printAggregations(aggregations)}${from}${printWhere(where, printSearch)}${printBy(by)}`
  },
}

export const mstats: Command<'mstats'> = {
  names: ['mstats'],
  generates: true,
  read: reader => {
    const head = reader.options(OPTIONS)
    const aggregations = readAggregations(reader, 'where', 'by', 'groupby')
    const { where, by, options } = readRest(reader)
    return { options: [...head, ...options], aggregations, by, ...(where === undefined ? {} : { where }) }
  },
  lower: ({ at }) =>
    refuse('spl/unsupported-command', 'the command "mstats" does not run: it needs an index of metrics', at),
  print: ({ options, aggregations, where, by }, printSearch) =>
    `${printOptions(options)}${printAggregations(aggregations)}${printWhere(where, printSearch)}${printBy(by)}`,
}

function readModel(reader: Reader): Name {
  reader.space()
  reader.match(/datamodel\s*[=:]/iy)
  return reader.name('the name of a data model')
}

/** `where …`, `by …` with a span among the fields. */
function readRest(reader: Reader): {
  readonly where: Term | undefined
  readonly by: readonly Name[]
  readonly options: readonly Option[]
} {
  const where = reader.keyword('where') === undefined ? undefined : readTerm(reader, ['by', 'groupby'])
  const by: Name[] = []
  const options: Option[] = [...reader.options(OPTIONS)]
  if (reader.keyword('by', 'groupby') !== undefined) {
    for (;;) {
      options.push(...reader.options(OPTIONS))
      if (reader.done || reader.looksAt(/\w+\s*=/y)) break
      if (reader.looksAt(/PREFIX\s*\(/iy))
        reader.fail(
          'spl/unsupported-option',
          'PREFIX() reads the terms of an index, and there is none here',
          {
            help: 'name the field instead',
          },
        )
      by.push(reader.name())
    }
  }
  reader.finish(OPTIONS)
  return { where, by, options }
}

function printWhere(where: Term | undefined, printSearch: (search: Search) => string): string {
  return where === undefined ? '' : ` where ${printTerm(where, printSearch)}`
}
