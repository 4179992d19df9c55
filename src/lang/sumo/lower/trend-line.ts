import type { Lowering } from '../../../plan/lowering.ts'
import { group } from '../../../plan/pipeline.ts'
import type { Scalar } from '../../../plan/scalar.ts'
import { call, number } from '../../../plan/scalars.ts'
import type { Flow } from './flow.ts'

/** A straight line over slices. */
export interface Line {
  /** The first slice and the last one, in ms. */
  readonly from: number
  readonly to: number
  readonly start: number
  /** What is added with each slice. */
  readonly slope: number
}

/** The line of least squares; a slice without a row counts as 0. */
export function* lineOf(
  flow: Flow,
  { time, value, step }: { readonly time: Scalar; readonly value: Scalar; readonly step: number },
): Lowering<Line> {
  const weighted = call('multiply', value, call('divide', time, number(step)))
  const sum = (name: string, of: Scalar) => ({ name, fn: 'sum', of, type: 'number' }) as const
  const asked = group(
    flow.rows,
    [],
    [
      { name: 'from', fn: 'min', of: time, type: 'number' },
      { name: 'to', fn: 'max', of: time, type: 'number' },
      sum('sum', value),
      sum('weighted', weighted),
    ],
  )
  const { rows } = yield { relation: asked.relation, limit: 1, why: 'the sums of predict' }
  const figure = (name: string): number => Number(rows[0]?.[name] ?? 0)
  const [from, to, total] = [figure('from'), figure('to'), figure('sum')]
  const count = Math.floor((to - from) / step) + 1
  const places = (count * (count - 1)) / 2
  const squares = ((count - 1) * count * (2 * count - 1)) / 6
  const products = figure('weighted') - (from / step) * total
  const spread = count * squares - places * places
  const slope = spread === 0 ? 0 : (count * products - places * total) / spread
  return { from, to, slope, start: (total - slope * places) / count }
}

/** Its height at a time in ms, by the length of a slice. */
export function heightAt({ from, start, slope }: Line, time: Scalar, step: number): Scalar {
  const place = call('divide', call('subtract', time, number(from)), number(step))
  return call('add', number(start), call('multiply', number(slope), place))
}
