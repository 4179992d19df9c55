import type { Lowering } from '../../../plan/lowering.ts'
import type { Pipeline } from '../../../plan/pipeline.ts'
import type { Aggregate, Relation } from '../../../plan/relation.ts'
import type { Scalar } from '../../../plan/scalar.ts'
import { as, call, choose, isNull, not, number, text } from '../../../plan/scalars.ts'
import { optionOf } from '../options.ts'
import type { Stages } from '../syntax/tree.ts'
import { type Context, fieldOf, refuse, shown } from './context.ts'
import { chosen } from './functions/conditions.ts'

type Stage = Stages['anomalydetection']

/** One of the fields that are looked at: the value that rows are counted by. */
export interface Measured {
  readonly name: string
  readonly value: Scalar
  readonly frequency: string
}

/** The fields that a stage names, else all that do not begin with `_`, with the values that rows are counted by. */
export function* measured(stage: Stage, rows: Pipeline, context: Context): Lowering<readonly Measured[]> {
  const names =
    stage.fields.length > 0
      ? stage.fields
      : shown(rows)
          .filter(({ name }) => !name.startsWith('_'))
          .map(({ name }) => ({ name, at: stage.at }))
  const values = names.map(name => fieldOf(rows, name, context))
  const relation: Relation = { op: 'group', from: rows.relation, by: [], aggregates: values.flatMap(factsOf) }
  const {
    rows: [facts = {}],
  } = yield { relation, limit: 1, why: 'the spread of the fields, for anomalydetection' }
  return names.map(({ name }, at): Measured => {
    const value = values[at] ?? text(null)
    const fact = (what: string): number => Number(facts[`${what}${at}`] ?? 0)
    const numeric = value.type !== 'list' && fact('present') > 0 && fact('present') === fact('numeric')
    const range = {
      count: fact('numeric'),
      least: fact('least'),
      most: fact('most'),
      spread: fact('spread'),
      quartiles: fact('high') - fact('low'),
    }
    const counted = numeric ? binOf(as('number', value), range, stage) : as('text', value)
    const filled =
      optionOf(stage.options, 'missing') === 'value'
        ? chosen([[not(isNull(counted)), as('text', counted)]], text(''))
        : counted
    return { name, value: filled, frequency: `$frequency${at}` }
  })
}

function factsOf(value: Scalar, at: number): readonly Aggregate[] {
  const numeric = as('number', value)
  const fact = (what: string, fn: Aggregate['fn'], of: Scalar, fraction?: number): Aggregate => ({
    name: `${what}${at}`,
    fn,
    of,
    type: 'number',
    ...(fraction === undefined ? {} : { fraction }),
  })
  return [
    fact('present', 'count', as('text', value)),
    fact('numeric', 'count', numeric),
    fact('least', 'min', numeric),
    fact('most', 'max', numeric),
    fact('spread', 'stdev', numeric),
    fact('low', 'percentile', numeric, 0.25),
    fact('high', 'percentile', numeric, 0.75),
  ]
}

interface Range {
  readonly count: number
  readonly least: number
  readonly most: number
  readonly spread: number
  readonly quartiles: number
}

/** Equal bins from the least to the most value. */
function binOf(value: Scalar, range: Range, stage: Stage): Scalar {
  const bins = binCount(range, stage)
  if (bins <= 1) return choose(not(isNull(value)), number(0))
  const width = (range.most - range.least) / bins
  const place = call('floor', call('divide', call('subtract', value, number(range.least)), number(width)))
  return choose(not(isNull(value)), call('least', place, number(bins - 1)))
}

const MOST_BINS = 100_000

function binCount({ count, least, most, spread, quartiles }: Range, { options, at }: Stage): number {
  const rule = (optionOf(options, 'bins') ?? 'scott').toLowerCase()
  if (spread === 0 || most === least || count === 0) return 1
  if (/^\d{1,6}$/.test(rule)) return Math.max(1, Number(rule))
  if (rule === 'sturges') return Math.ceil(Math.log2(count)) + 1
  if (rule !== 'scott' && rule !== 'fd') {
    return refuse(
      'spl/option-value',
      `"${rule}" is no value of bins, which is scott, fd, sturges or a number`,
      at,
    )
  }
  const width = (rule === 'fd' && quartiles > 0 ? 2 * quartiles : 3.49 * spread) * count ** (-1 / 3)
  return Math.min(MOST_BINS, Math.max(1, Math.ceil((most - least) / width)))
}
