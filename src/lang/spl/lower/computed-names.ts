import type { Span } from '../../../core/diagnostic.ts'
import type { Lowering } from '../../../plan/lowering.ts'
import { extend, filter, type Pipeline } from '../../../plan/pipeline.ts'
import type { Relation } from '../../../plan/relation.ts'
import type { Scalar } from '../../../plan/scalar.ts'
import { as, call, compare, isNull, known, not, text } from '../../../plan/scalars.ts'
import type { Name } from '../syntax/tree.ts'
import { type Context, fieldOf, maybe, refuse } from './context.ts'
import { chosen } from './functions/conditions.ts'

/** Fields that one assignment makes at most. */
const MOST = 200

const PART = /\{([^{}]+)\}/

/** Does the name hold the value of another field, as in `{user}_count`? */
export function isComputed({ name }: Name): boolean {
  return PART.test(name)
}

/** Sets the field that the name gives in each row; where it gives none, nothing is set. */
export function* setByName(
  rows: Pipeline,
  { field, value }: { readonly field: Name; readonly value: Scalar },
  context: Context,
): Lowering<Pipeline> {
  const name = nameOf(field, rows, context)
  const some = filter(rows, not(isNull(name)))
  const relation: Relation = {
    op: 'group',
    from: some.relation,
    by: [{ name: 'name', value: name }],
    aggregates: [],
  }
  const answer = yield { relation, limit: MOST, why: 'names of fields to set' }
  if (answer.more) return refuseMany(field.at)
  const titles = answer.rows.map(row => String(row['name'])).sort()
  const columns = titles.map(title => {
    const here = known(compare('eq', name, text(title), { how: 'text' }))
    return { name: title, value: chosen([[here, value]], maybe(rows, title)) }
  })
  return extend(rows, columns)
}

/** The name with the values of its fields in it. */
function nameOf({ name, at }: Name, rows: Pipeline, context: Context): Scalar {
  const parts = name.split(new RegExp(PART, 'g')).map((part, place): Scalar => {
    return place % 2 === 0 ? text(part) : as('text', fieldOf(rows, { name: part, at }, context))
  })
  return call('concat', ...parts)
}

function refuseMany(at: Span): never {
  return refuse('spl/columns', `the name would make more than ${MOST} fields`, at)
}
