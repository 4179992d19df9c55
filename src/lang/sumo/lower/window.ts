import type { Aggregate, Frame, SortKey, WindowColumn } from '../../../plan/relation.ts'
import type { Scalar } from '../../../plan/scalar.ts'
import type { Name } from '../syntax-parts.ts'
import { type Context, type Flow, fieldValue } from './flow.ts'

/** The fields that divide the rows of a window. */
export function partition(by: readonly Name[], flow: Flow, context: Context): readonly Scalar[] {
  return by.map(({ name, at }) => fieldValue(flow, context, name, at))
}

/** An aggregate over neighbouring rows, in an order; without a frame over all of the partition. */
export function over(
  name: string,
  aggregate: Pick<Aggregate, 'fn' | 'of' | 'orderBy' | 'type'>,
  place: {
    readonly partitionBy: readonly Scalar[]
    readonly orderBy: readonly SortKey[]
    readonly frame?: Frame
  },
): WindowColumn {
  const { partitionBy, orderBy, frame } = place
  const framed = frame === undefined ? {} : { frame }
  return { name, fn: 'aggregate', aggregate, partitionBy, orderBy, type: aggregate.type, ...framed }
}
