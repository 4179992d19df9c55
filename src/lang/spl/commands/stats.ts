import { type Command, printOptions } from '../command.ts'
import { timesBySpan } from '../lower/bins.ts'
import { grouped } from '../lower/group.ts'
import { withGroups } from '../lower/with-groups.ts'
import { isOn, type OptionTypes, onlyOff, optionOf } from '../options.ts'
import type { Reader } from '../reader.ts'
import { printAggregations, printBy, readAggregations } from '../syntax/aggregations.ts'
import type { Grouping, Name, StageKind } from '../syntax/tree.ts'

/** Numbers are told from texts value by value. */
export const ALL_NUMBERS = onlyOff('the values of a field that are numbers count, whatever the others are')

const OPTIONS: OptionTypes = {
  allnum: ALL_NUMBERS,
  delim: 'text',
  partitions: 'number',
  dedup_splitvals: 'boolean',
}

export const stats: Command<'stats'> = {
  names: ['stats'],
  read: reader => readGrouping(reader, { ...OPTIONS, span: 'text' }),
  lower: (stage, before, context) => {
    const { aggregations, by, options } = stage
    const rows = timesBySpan(before, stage, context)
    for (const { fn, as, text } of aggregations) {
      if (fn === 'list' || fn === 'values')
        context.delimiters.set(as?.name ?? text, optionOf(options, 'delim') ?? ' ')
    }
    return grouped(rows, aggregations, by, context, isOn(options, 'dedup_splitvals'))
  },
  print: stage => printGrouping(stage),
}

export const eventstats: Command<'eventstats'> = {
  names: ['eventstats'],
  read: reader => readGrouping(reader, OPTIONS),
  lower: ({ aggregations, by }, rows, context) => withGroups(rows, aggregations, by, context),
  print: stage => printGrouping(stage),
}

function readGrouping(
  reader: Reader,
  types: OptionTypes,
): Pick<Grouping<StageKind>, 'options' | 'aggregations' | 'by'> {
  const options = [...reader.options(types)]
  const aggregations = readAggregations(reader, 'by')
  if (aggregations.length === 0) reader.unexpected('an aggregate such as count is missing')
  const by: Name[] = []
  if (reader.keyword('by') !== undefined) {
    // A span may stand behind the time, and more fields behind it.
    for (let more = reader.names(); more.length > 0; more = reader.names()) {
      by.push(...more)
      options.push(...reader.options(types))
    }
  }
  options.push(...reader.options(types))
  reader.finish(types)
  return { options, aggregations, by }
}

function printGrouping({ options, aggregations, by }: Grouping<StageKind>): string {
  return printOptions(options) + printAggregations(aggregations) + printBy(by)
}
