import type { Answer, Lowering } from '../../../plan/lowering.ts'
import { extend, filter, type Pipeline } from '../../../plan/pipeline.ts'
import type { Aggregate, Named, Relation } from '../../../plan/relation.ts'
import type { Scalar } from '../../../plan/scalar.ts'
import { as, compare, either, known, not, number, text } from '../../../plan/scalars.ts'
import { isOn, numberOf, optionOf } from '../options.ts'
import type { Stages } from '../syntax/tree.ts'
import { type Context, fieldOf, shown } from './context.ts'
import { chosen } from './functions/conditions.ts'

type Stage = Pick<Stages['outlier'], 'fields' | 'options' | 'at'>

interface Bounds {
  readonly name: string
  readonly value: Scalar
  readonly low: number
  readonly high: number
}

/**
 * What `outlier` does: numbers further above the third quartile than `param` (2.5) times the distance of the quartiles,
 * and with `uselower=t` those as far below the first, become that bound, or their rows go.
 */
export function* withoutOutliers(stage: Stage, rows: Pipeline, context: Context): Lowering<Pipeline> {
  const bounds = yield* boundsOf(stage, rows, context)
  const { options } = stage
  const remove = /^(rm|remove)$/i.test(optionOf(options, 'action') ?? 'tf')
  const lower = isOn(options, 'uselower')
  if (remove) return filter(rows, not(either(...bounds.map(one => either(above(one), below(one, lower))))))
  const mark = isOn(options, 'mark') ? '000' : ''
  return extend(
    rows,
    bounds.map((one): Named => {
      const bound = (at: number): Scalar => (mark === '' ? number(at) : text(mark + String(at)))
      const { name, value } = one
      return {
        name,
        value: chosen(
          [
            [above(one), bound(one.high)],
            [below(one, lower), bound(one.low)],
          ],
          value,
        ),
      }
    }),
  )
}

function above({ value, high }: Bounds): Scalar {
  return known(compare('gt', as('number', value), number(high)))
}

function below({ value, low }: Bounds, counts: boolean): Scalar {
  return counts ? known(compare('lt', as('number', value), number(low))) : { ...NEVER }
}

const NEVER = { kind: 'literal', value: false, type: 'boolean' } as const

/** Of each field that holds numbers. */
function* boundsOf(stage: Stage, rows: Pipeline, context: Context): Lowering<readonly Bounds[]> {
  const fields =
    stage.fields.length > 0
      ? stage.fields.map(field => ({ name: field.name, value: fieldOf(rows, field, context) }))
      : shown(rows).filter(({ name, value }) => !name.startsWith('_') && value.type !== 'list')
  const aggregates = fields.flatMap(({ value }, at): readonly Aggregate[] => {
    const of = as('number', value)
    return [
      { name: `low${at}`, fn: 'percentile', of, fraction: 0.25, type: 'number' },
      { name: `high${at}`, fn: 'percentile', of, fraction: 0.75, type: 'number' },
    ]
  })
  if (fields.length === 0) return []
  const relation: Relation = { op: 'group', from: rows.relation, by: [], aggregates }
  const answer: Answer = yield { relation, limit: 1, why: 'the quartiles of the fields, for outlier' }
  const [found = {}] = answer.rows
  const times = numberOf(stage.options, 'param', 2.5)
  return fields.flatMap(({ name, value }, at): readonly Bounds[] => {
    const [low, high] = [found[`low${at}`], found[`high${at}`]]
    if (typeof low !== 'number' || typeof high !== 'number') return []
    const reach = times * (high - low)
    return [{ name, value, low: low - reach, high: high + reach }]
  })
}
