import type { Lowering } from '../../../plan/lowering.ts'
import { group, type Pipeline, select } from '../../../plan/pipeline.ts'
import type { Aggregate, Named } from '../../../plan/relation.ts'
import type { Scalar } from '../../../plan/scalar.ts'
import { as, both, call, column, compare, isNull, not, text } from '../../../plan/scalars.ts'
import { isOn, optionOf } from '../options.ts'
import type { Aggregation, Name, Option, Stages } from '../syntax/tree.ts'
import { lowerAggregations } from './aggregates.ts'
import { type Chosen, chosenSeries } from './chart-series.ts'
import { type Context, fieldOf } from './context.ts'
import { oneValueEach, present } from './group.ts'
import { columnTitle } from './pivots.ts'

type Chart = Stages['chart'] | Stages['timechart']

export interface Axes {
  readonly row: Name
  readonly split: Name
  readonly context: Context
  /** What becomes of the value of an aggregation, if it is not shown as it is. */
  readonly scaled?: (aggregation: Aggregation, value: Scalar) => Scalar
}

/** A column for each of the chosen values of a field, one for the others and one for rows without it. */
export function* pivot(stage: Chart, before: Pipeline, axes: Axes): Lowering<Pipeline> {
  const { row, split, context, scaled = (_, value) => value } = axes
  const rows = oneValueEach(present(before, [row], context), [row, split])
  const value = as('text', fieldOf(rows, split, context))
  const key: Named = { name: row.name, value: fieldOf(rows, row, context) }
  const parts = partsOf(yield* chosenSeries(stage, rows, { key, value, context }), value, stage.options)
  const aggregates: Aggregate[] = []
  const columns: Named[] = []
  for (const [at, aggregation] of stage.aggregations.entries()) {
    const made = lowerAggregations([aggregation], rows, context)
    for (const [place, { title, where }] of parts.entries()) {
      const rename = (name: string): string => `${name}_${at}_${place}`
      aggregates.push(
        ...made.aggregates.map(one => ({
          ...one,
          name: rename(one.name),
          where: one.where === undefined ? where : both(where, one.where),
        })),
      )
      for (const { name, value: of } of made.columns) {
        columns.push({
          name: columnTitle(titled(stage, name, title), row.name),
          value: scaled(aggregation, renamed(of, rename)),
        })
      }
    }
  }
  const result = group(rows, [key], aggregates)
  return select(result, [{ name: key.name, value: column(key.name, key.value.type) }, ...columns])
}

/** The name of a column: the value of the field, with that of the aggregate if there are several. */
function titled({ aggregations, options }: Chart, aggregate: string, value: string): string {
  const format = optionOf(options, 'format')
  if (format !== undefined)
    return format.replaceAll('$AGG$', () => aggregate).replaceAll('$VAL$', () => value)
  return aggregations.length === 1 ? value : `${aggregate}${optionOf(options, 'sep') ?? ': '}${value}`
}

interface Part {
  readonly title: string
  readonly where: Scalar
}

function partsOf({ shown, more, none }: Chosen, value: Scalar, options: readonly Option[]): readonly Part[] {
  const is = (title: string): Scalar => compare('eq', value, text(title), { how: 'text' })
  const listed = call('list_contains', call('list_of', ...shown.map(title => text(title))), value)
  const others = shown.length === 0 ? not(isNull(value)) : not(listed)
  const other: Part = { title: optionOf(options, 'otherstr') ?? 'OTHER', where: others }
  const missing: Part = { title: optionOf(options, 'nullstr') ?? 'NULL', where: isNull(value) }
  return [
    ...shown.map((title): Part => ({ title, where: is(title) })),
    ...(more && isOn(options, 'useother', true) ? [other] : []),
    ...(none && isOn(options, 'usenull', true) ? [missing] : []),
  ]
}

/** The value over columns of other names. */
function renamed(value: Scalar, rename: (name: string) => string): Scalar {
  const inside = (inner: Scalar): Scalar => renamed(inner, rename)
  switch (value.kind) {
    case 'column':
      return { ...value, name: rename(value.name) }
    case 'literal':
      return value
    case 'call':
      return { ...value, args: value.args.map(inside) }
    case 'compare':
      return { ...value, left: inside(value.left), right: inside(value.right) }
    case 'and':
    case 'or':
      return { ...value, of: value.of.map(inside) }
    case 'choose': {
      const when = value.when.map(branch => ({ if: inside(branch.if), then: inside(branch.then) }))
      const { otherwise } = value
      return { ...value, when, ...(otherwise === undefined ? {} : { otherwise: inside(otherwise) }) }
    }
    default:
      return { ...value, of: inside(value.of) }
  }
}
