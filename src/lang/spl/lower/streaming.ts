import { extend, type Pipeline, select, window } from '../../../plan/pipeline.ts'
import type { Aggregate, Frame, Named, WindowColumn } from '../../../plan/relation.ts'
import type { Scalar } from '../../../plan/scalar.ts'
import { both, choose, column, compare, isNull, known, not, number } from '../../../plan/scalars.ts'
import { isOn, numberOf, optionOf } from '../reader.ts'
import type { Stages } from '../syntax/tree.ts'
import { lowerAggregations } from './aggregates.ts'
import { type Context, everything, fieldOf, freshName, refuse } from './context.ts'
import { lowerCondition } from './expression.ts'

/**
 * What `streamstats` does: the aggregates of the rows so far, or of a window of them, in each group. A row without
 * one of the by-fields learns nothing.
 */
export function streamed(stage: Stages['streamstats'], before: Pipeline, context: Context): Pipeline {
  const { options, by, aggregations } = stage
  if (optionOf(options, 'time_window') !== undefined) {
    return refuse('spl/unsupported-option', 'streamstats does not know time_window here', stage.at)
  }
  const size = numberOf(options, 'window', 0)
  if (size > 0 && by.length > 0 && isOn(options, 'global', true)) {
    context.environment.note({
      code: 'spl/window',
      severity: 'warning',
      message: 'the window of streamstats is counted in each group, as with global=f',
      at: stage.at,
    })
  }
  const keys = by.map(name => fieldOf(before, name, context))
  const { rows, runs } = resets(stage, before, keys, context)
  const frame = frameOf(size, isOn(options, 'current', true))
  const made = lowerAggregations(aggregations, rows, context)
  const columns = made.aggregates.map(
    (aggregate): WindowColumn => running(aggregate, frame, [...keys, ...runs], rows),
  )
  const complete = both(...keys.map(key => not(isNull(key))))
  const values = made.columns.map(({ name, value }): Named => {
    return { name, value: keys.length === 0 ? value : choose(complete, value) }
  })
  const done = extend(window(rows, columns), values)
  return select(
    done,
    everything(done).filter(({ name }) => !name.startsWith('$aggregate')),
  )
}

function frameOf(size: number, current: boolean): Frame {
  const to = current ? 0 : -1
  return { from: size > 0 ? to - size + 1 : 'start', to }
}

function running(
  aggregate: Aggregate,
  frame: Frame,
  partitionBy: readonly Scalar[],
  rows: Pipeline,
): WindowColumn {
  const { name, ...plain } = inOrder(aggregate, rows)
  return {
    name,
    fn: 'aggregate',
    aggregate: plain,
    frame,
    partitionBy,
    orderBy: rows.order,
    type: aggregate.type,
  }
}

/** The earliest is the first of rows that go forward in time, and the last of those that go back. */
function inOrder(aggregate: Aggregate, { order }: Pipeline): Aggregate {
  const { fn, orderBy } = aggregate
  if ((fn !== 'first' && fn !== 'last') || orderBy === undefined || orderBy === order) return aggregate
  const backwards = order[0]?.descending === true
  return { ...aggregate, fn: backwards ? (fn === 'first' ? 'last' : 'first') : fn, orderBy: order }
}

interface Runs {
  readonly rows: Pipeline
  /** Columns that change wherever counting begins anew. */
  readonly runs: readonly Scalar[]
}

/** Splits the rows where a condition or a change of group says so. */
function resets(
  stage: Stages['streamstats'],
  rows: Pipeline,
  keys: readonly Scalar[],
  context: Context,
): Runs {
  let current: Runs = { rows, runs: [] }
  if (stage.resetBefore !== undefined) {
    const at = lowerCondition(stage.resetBefore, rows, context)
    current = counting(current, known(at), { from: 'start', to: 0 })
  }
  if (stage.resetAfter !== undefined) {
    const at = lowerCondition(stage.resetAfter, rows, context)
    current = counting(current, known(at), { from: 'start', to: -1 })
  }
  if (isOn(stage.options, 'reset_on_change') && keys.length > 0) {
    const names = keys.map((_, at) => freshName(current.rows, `last${at}`))
    const last = keys.map((of, at): WindowColumn => {
      return {
        name: names[at] ?? '',
        fn: 'lag',
        of,
        by: 1,
        partitionBy: [],
        orderBy: rows.order,
        type: of.type,
      }
    })
    const same = both(
      ...keys.map((of, at) => known(compare('eq', of, column(names[at] ?? '', of.type), { how: 'text' }))),
    )
    current = counting({ rows: window(current.rows, last), runs: current.runs }, not(same), {
      from: 'start',
      to: 0,
    })
  }
  return current
}

function counting({ rows, runs }: Runs, starts: Scalar, frame: Frame): Runs {
  const name = freshName(rows, 'reset')
  const marked = extend(rows, [{ name, value: choose(starts, number(1), number(0)) }])
  const of = column(name, 'number')
  const total = `${name}s`
  const counted = window(marked, [
    {
      name: total,
      fn: 'aggregate',
      aggregate: { fn: 'sum', of, type: 'number' },
      frame,
      partitionBy: [],
      orderBy: rows.order,
      type: 'number',
    },
  ])
  // Over no rows at all there is no sum.
  const run = column(total, 'number')
  return { rows: counted, runs: [...runs, choose(isNull(run), number(0), run)] }
}
