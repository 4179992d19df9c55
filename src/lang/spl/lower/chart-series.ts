import type { Lowering } from '../../../plan/lowering.ts'
import { extend, group, type Pipeline } from '../../../plan/pipeline.ts'
import type { Named, Relation } from '../../../plan/relation.ts'
import type { Scalar } from '../../../plan/scalar.ts'
import { as, choose, column, isNull, number } from '../../../plan/scalars.ts'
import { optionOf } from '../options.ts'
import type { Aggregation, SeriesTest, Stages } from '../syntax/tree.ts'
import { lowerAggregations } from './aggregates.ts'
import { type Context, refuse } from './context.ts'
import { MOST_COLUMNS } from './pivots.ts'

type Chart = Stages['chart'] | Stages['timechart']

/** The values of a field that become columns of their own, by name. */
export interface Chosen {
  readonly shown: readonly string[]
  /** There are others. */
  readonly more: boolean
  /** There are rows without a value. */
  readonly none: boolean
}

interface Choosing {
  /** What makes the rows of the chart. */
  readonly key: Named
  /** What makes its columns. */
  readonly value: Scalar
  readonly context: Context
}

/**
 * The series of a chart: those that its `where` names, or those with the highest score, of which there are `limit`.
 * The score is the sum of what the series shows, or the number of its events if it shows several things.
 */
export function* chosenSeries(stage: Chart, rows: Pipeline, choosing: Choosing): Lowering<Chosen> {
  const wanted = stage.where ?? limitOf(stage)
  const answer = yield {
    relation: scored(stage, rows, choosing, wanted),
    limit: MOST_COLUMNS + 2,
    why: `values of a field for ${stage.kind}`,
  }
  const found = answer.rows.flatMap((row): readonly Series[] =>
    row['value'] === null || row['value'] === undefined
      ? []
      : [{ title: String(row['value']), score: row['score'] === null ? undefined : Number(row['score']) }],
  )
  const shown = kept(found, wanted).slice(0, MOST_COLUMNS)
  return {
    shown: shown.map(({ title }) => title).sort(),
    more: found.length > shown.length || answer.more,
    none: found.length < answer.rows.length,
  }
}

interface Series {
  readonly title: string
  readonly score: number | undefined
}

type Wanted = Omit<SeriesTest, 'text' | 'at'>

function limitOf({ options, at, aggregations }: Chart): Wanted {
  const found = /^(top|bottom)?(\d{1,4})$/i.exec(optionOf(options, 'limit') ?? '10')
  if (found === null)
    return refuse('spl/option-value', `"${optionOf(options, 'limit')}" is no value of limit`, at)
  const count = Number(found[2])
  return {
    fn: aggregations.length === 1 ? 'sum' : 'count',
    from: found[1]?.toLowerCase() === 'bottom' ? 'bottom' : 'top',
    count: count === 0 ? MOST_COLUMNS : count,
    negated: false,
  }
}

/** One row a value: its name and its score, missing values first, then in the order in which they are chosen. */
function scored(stage: Chart, rows: Pipeline, { key, value, context }: Choosing, wanted: Wanted): Relation {
  const aggregation = aggregationOf(stage, wanted)
  const made = aggregation === undefined ? undefined : lowerAggregations([aggregation], rows, context)
  const cells = group(
    rows,
    [key, { name: '$value', value }],
    [...(made?.aggregates ?? []), { name: '$events', fn: 'count_rows', type: 'number' }],
  )
  const shown = extend(cells, [{ name: '$shown', value: as('number', made?.columns[0]?.value ?? number(0)) }])
  const counts = wanted.fn === 'count' || wanted.fn === 'c'
  const scoring: Aggregation = {
    fn: counts ? 'sum' : wanted.fn,
    text: 'score',
    argument: { name: counts ? '$events' : '$shown', at: stage.at },
    at: stage.at,
  }
  const score = lowerAggregations([scoring], shown, context)
  const series = group(shown, [{ name: 'value', value: column('$value', 'text') }], score.aggregates)
  const named = extend(series, [{ name: 'score', value: as('number', score.columns[0]?.value ?? number(0)) }])
  return {
    op: 'limit',
    from: named.relation,
    orderBy: [
      { value: choose(isNull(column('value', 'text')), number(0), number(1)), descending: false },
      { value: column('score', 'number'), descending: wanted.from !== 'bottom' },
      { value: column('value', 'text'), descending: false },
    ],
    count: MOST_COLUMNS + 2,
  }
}

/** The aggregation that the field of a `where` belongs to; the first if it names none. */
function aggregationOf({ aggregations }: Chart, { field }: Wanted): Aggregation | undefined {
  const own = aggregations.find(
    ({ argument }) =>
      field !== undefined && argument !== undefined && 'name' in argument && argument.name === field,
  )
  return own ?? aggregations[0]
}

function kept(found: readonly Series[], wanted: Wanted): readonly Series[] {
  const { op, value = 0, count, negated } = wanted
  if (op !== undefined) return found.filter(({ score }) => score !== undefined && holds(score, op, value))
  return negated ? found.slice(count) : found.slice(0, count)
}

function holds(score: number, op: string, value: number): boolean {
  switch (op) {
    case '>':
      return score > value
    case '>=':
      return score >= value
    case '<':
      return score < value
    case '<=':
      return score <= value
    case '!=':
      return score !== value
    default:
      return score === value
  }
}
