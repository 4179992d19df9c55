import type { Lowering } from '../../../plan/lowering.ts'
import type { Pipeline } from '../../../plan/pipeline.ts'
import { optionOf } from '../options.ts'
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
  const rows = spanned(stage.options)
    ? yield* binned({ ...stage, kind: 'bin', field: spannedField(row, split) }, before, context)
    : before
  if (split === undefined) return grouped(rows, stage.aggregations, [row], context)
  return yield* pivot(stage, rows, { row, split, context })
}

function spanned(options: readonly Option[]): boolean {
  return ['span', 'bins'].some(name => optionOf(options, name) !== undefined)
}

/** A span is that of the rows, unless time is what makes the columns. */
function spannedField(row: Name, split: Name | undefined): Name {
  return split?.name === '_time' && row.name !== '_time' ? split : row
}
