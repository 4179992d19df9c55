import type { Lowering } from '../../../plan/lowering.ts'
import type { Pipeline } from '../../../plan/pipeline.ts'
import { isOn, optionOf } from '../options.ts'
import type { Name, Option, Stages } from '../syntax/tree.ts'
import { binned } from './bins.ts'
import { pivot } from './chart-columns.ts'
import { type Context, refuse } from './context.ts'
import { grouped } from './group.ts'

/** What `chart` does: rows by the first field, columns by the second. */
export function* charted(stage: Stages['chart'], before: Pipeline, context: Context): Lowering<Pipeline> {
  const [row, split, ...rest] = stage.by
  if (rest.length > 0) return refuse('spl/arguments', 'chart takes two fields to go by', stage.at)
  if (row === undefined) return grouped(before, stage.aggregations, [], context)
  const bins = [
    { options: stage.options, field: spanned(stage.options, row, split) },
    { options: stage.columns, field: spanned(stage.columns, split, row) },
  ]
  let rows = before
  for (const { options, field } of bins) {
    if (field !== undefined)
      rows = yield* binned({ kind: 'bin', options, field, at: stage.at }, rows, context)
  }
  if (split === undefined)
    return grouped(rows, stage.aggregations, [row], context, isOn(stage.options, 'dedup_splitvals'))
  return yield* pivot(stage, rows, { row, split, context })
}

/** The field that a span behind `own` is of, if there is a span: that one, but a span of time is of the time. */
function spanned(
  options: readonly Option[],
  own: Name | undefined,
  other: Name | undefined,
): Name | undefined {
  const span = optionOf(options, 'span')
  if (span === undefined) return optionOf(options, 'bins') === undefined ? undefined : own
  const timed = /^\d*[a-z]/i.test(span) && !/log/i.test(span)
  return timed && other?.name === '_time' ? other : own
}
