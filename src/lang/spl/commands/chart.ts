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

/** What is about the ranges of the field before it. */
const BINS: ReadonlySet<string> = new Set(['span', 'bins', 'aligntime'])

export const chart: Command<'chart'> = {
  names: ['chart'],
  read: reader => {
    const { options, aggregations } = head(reader)
    const by: Name[] = []
    const behind: Option[] = []
    while (reader.keyword('by', 'over') !== undefined) splits(reader, by, [options, options, behind])
    options.push(...behind.filter(({ name }) => !BINS.has(name)))
    const columns = behind.filter(({ name }) => BINS.has(name))
    const where = tail(reader, options)
    return { options, aggregations, by, columns, ...(where === undefined ? {} : { where }) }
  },
  lower: (stage, rows, context) => charted(stage, rows, context),
  print: stage => printChart(stage, stage.columns),
}

export const timechart: Command<'timechart'> = {
  names: ['timechart'],
  read: reader => {
    const { options, aggregations } = head(reader)
    const by: Name[] = []
    if (reader.keyword('by') !== undefined) splits(reader, by, [options])
    const where = tail(reader, options)
    return { options, aggregations, by, ...(where === undefined ? {} : { where }) }
  },
  lower: (stage, rows, context) => timeCharted(stage, rows, context),
  print: stage => printChart(stage, []),
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

/** Fields with the options of their values between them, which go to `places` by how many fields stand before them. */
function splits(reader: Reader, by: Name[], places: readonly Option[][]): void {
  for (;;) {
    const place = places[Math.min(by.length, places.length - 1)]
    place?.push(...reader.options(OPTIONS))
    if (reader.done || reader.sees(['by', 'over', 'where']) || reader.looksAt(/\w+\s*=/y)) return
    by.push(reader.name())
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

function printChart(
  { options, aggregations, by, where }: Stages['chart'] | Stages['timechart'],
  columns: readonly Option[],
): string {
  const split = by.length === 0 ? '' : ` by ${printNames(by)}`
  const filter = where === undefined ? '' : ` where ${where.text}`
  return (
    printOptions(options) +
    printAggregations(aggregations) +
    `${split} ${printOptions(columns)}`.trimEnd() +
    filter
  )
}
