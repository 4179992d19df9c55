import { extend, type Pipeline, window } from '../../../plan/pipeline.ts'
import type { Frame, WindowColumn } from '../../../plan/relation.ts'
import type { Scalar } from '../../../plan/scalar.ts'
import { both, choose, column, compare, isNull, known, not, number } from '../../../plan/scalars.ts'
import { isOn } from '../options.ts'
import type { Stages } from '../syntax/tree.ts'
import { type Context, freshName } from './context.ts'
import { lowerCondition } from './expression.ts'

interface Runs {
  readonly rows: Pipeline
  /** Columns that change wherever counting begins anew. */
  readonly runs: readonly Scalar[]
}

/** Splits the rows where a condition or a change of group says that `streamstats` begins anew. */
export function resets(
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
  if (!isOn(stage.options, 'reset_on_change') || keys.length === 0) return current
  return atChanges(current, keys)
}

function atChanges({ rows, runs }: Runs, keys: readonly Scalar[]): Runs {
  const names = keys.map((_, at) => freshName(rows, `last${at}`))
  const over = { partitionBy: [], orderBy: rows.order }
  const last = keys.map((of, at): WindowColumn => {
    return { name: names[at] ?? '', fn: 'lag', of, by: 1, ...over, type: of.type }
  })
  const same = both(
    ...keys.map((of, at) => known(compare('eq', of, column(names[at] ?? '', of.type), { how: 'text' }))),
  )
  return counting({ rows: window(rows, last), runs }, not(same), { from: 'start', to: 0 })
}

function counting({ rows, runs }: Runs, starts: Scalar, frame: Frame): Runs {
  const name = freshName(rows, 'reset')
  const marked = extend(rows, [{ name, value: choose(starts, number(1), number(0)) }])
  const aggregate = { fn: 'sum', of: column(name, 'number'), type: 'number' } as const
  const total = `${name}s`
  const over = { frame, partitionBy: [], orderBy: rows.order, type: 'number' } as const
  const counted = window(marked, [{ name: total, fn: 'aggregate', aggregate, ...over }])
  // Over no rows at all there is no sum.
  const run = column(total, 'number')
  return { rows: counted, runs: [...runs, choose(isNull(run), number(0), run)] }
}
