import type { Span } from '../../../core/diagnostic.ts'
import { type Command, printOptions } from '../command.ts'
import { charted } from '../lower/charts.ts'
import { timeCharted } from '../lower/timecharts.ts'
import type { OptionTypes } from '../options.ts'
import type { Reader } from '../reader.ts'
import { printAggregations, printNames, readAggregations } from '../syntax/aggregations.ts'
import type { Aggregation, Name, Option, SeriesTest, Stages } from '../syntax/tree.ts'

const OPTIONS: OptionTypes = {
  span: 'text',
  bins: 'number',
  minspan: 'text',
  aligntime: 'text',
  limit: 'text',
  useother: 'boolean',
  otherstr: 'text',
  usenull: 'boolean',
  nullstr: 'text',
  sep: 'text',
  format: 'text',
  cont: 'boolean',
  partial: 'boolean',
  fixedrange: 'boolean',
  dedup_splitvals: 'boolean',
}

export const chart: Command<'chart'> = {
  names: ['chart'],
  read: reader => {
    const { options, aggregations } = head(reader)
    const by: Name[] = []
    while (reader.keyword('by', 'over') !== undefined) by.push(...splits(reader, options))
    const where = tail(reader, options)
    return { options, aggregations, by, ...(where === undefined ? {} : { where }) }
  },
  lower: (stage, rows, context) => charted(stage, rows, context),
  print: printChart,
}

export const timechart: Command<'timechart'> = {
  names: ['timechart'],
  read: reader => {
    const { options, aggregations } = head(reader)
    const by = reader.keyword('by') === undefined ? [] : splits(reader, options)
    const where = tail(reader, options)
    return { options, aggregations, by, ...(where === undefined ? {} : { where }) }
  },
  lower: (stage, rows, context) => timeCharted(stage, rows, context),
  print: printChart,
}

interface Head {
  readonly options: Option[]
  readonly aggregations: readonly Aggregation[]
}

function head(reader: Reader): Head {
  const options = [...reader.options(OPTIONS)]
  const aggregations: Aggregation[] = []
  for (;;) {
    reader.match(/agg\s*=\s*/iy)
    const some = readAggregations(reader, 'by', 'over', 'where')
    const more = reader.options(OPTIONS)
    aggregations.push(...some)
    options.push(...more)
    if (some.length + more.length === 0) break
  }
  if (aggregations.length === 0) reader.unexpected('an aggregate such as count is missing')
  return { options, aggregations }
}

/** Fields with the options of their values between them. */
function splits(reader: Reader, options: Option[]): readonly Name[] {
  const found: Name[] = []
  for (;;) {
    options.push(...reader.options(OPTIONS))
    if (reader.done || reader.sees(['by', 'over', 'where']) || reader.looksAt(/\w+\s*=/y)) return found
    found.push(reader.name())
  }
}

const TEST =
  /([A-Za-z]\w*)(?:\(([^()]*)\))?\s*(?:(in|notin)\s+(top|bottom)\s*(\d{1,6})|(<=|>=|!=|==?|<|>)\s*(-?\d{1,15}(?:\.\d{1,15})?))(?!\S)/iy

/** `where count in top5`, with options behind it. */
function tail(reader: Reader, options: Option[]): SeriesTest | undefined {
  options.push(...reader.options(OPTIONS))
  if (reader.keyword('where') === undefined) {
    reader.finish(OPTIONS)
    return undefined
  }
  reader.space()
  const start = reader.at
  const found = reader.match(TEST)
  const at = reader.span(start)
  if (found === undefined)
    reader.unexpected('a condition for series is missing', 'it is written like "max in top5" or "avg > 100"')
  options.push(...reader.options(OPTIONS))
  reader.finish(OPTIONS)
  return found === undefined ? undefined : seriesTest(found, at)
}

function seriesTest(found: RegExpExecArray, at: Span): SeriesTest {
  const [text, fn = '', field, how, end, count, op, value] = found
  return {
    text,
    fn: fn.toLowerCase(),
    negated: how?.toLowerCase() === 'notin',
    at,
    ...(field === undefined || field.trim() === '' ? {} : { field: field.trim() }),
    ...(end === undefined ? {} : { from: end.toLowerCase() === 'top' ? 'top' : 'bottom' }),
    ...(count === undefined ? {} : { count: Number(count) }),
    ...(op === undefined ? {} : { op, value: Number(value) }),
  }
}

function printChart({ options, aggregations, by, where }: Stages['chart'] | Stages['timechart']): string {
  const split = by.length === 0 ? '' : ` by ${printNames(by)}`
  const filter = where === undefined ? '' : ` where ${where.text}`
  return printOptions(options) + printAggregations(aggregations) + split + filter
}
