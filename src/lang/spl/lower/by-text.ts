import type { Span } from '../../../core/diagnostic.ts'
import type { Answer, Lowering } from '../../../plan/lowering.ts'
import { filter, group, type Pipeline } from '../../../plan/pipeline.ts'
import type { Cell, Relation } from '../../../plan/relation.ts'
import type { Scalar } from '../../../plan/scalar.ts'
import { column, compare, isNull, not } from '../../../plan/scalars.ts'
import { freshMark, refuse } from './context.ts'

/** Different texts that are read at most. */
const MOST = 20_000

interface Reading {
  /** What reads them, for messages. */
  readonly command: string
  readonly at: Span
  /** Which texts are read. */
  readonly where?: Scalar
}

/** The different texts of a column that are to be read; refused if there are too many. */
export function* differentTexts(
  rows: Pipeline,
  input: Scalar,
  { command, at, where }: Reading,
): Lowering<readonly string[]> {
  const some = filter(rows, where ?? not(isNull(input)))
  const texts = group(some, [{ name: 'value', value: input }], [])
  const answer: Answer = yield { relation: texts.relation, limit: MOST, why: `texts that ${command} reads` }
  if (answer.more) return refuse('spl/rows', `${command} reads at most ${MOST} different texts`, at)
  return answer.rows.map(({ value }) => String(value))
}

/** Rows with hidden lists beside them. */
export interface Beside {
  readonly rows: Pipeline
  readonly values: readonly Scalar[]
}

/** Puts the lists that were found in each text beside the rows that hold it. */
export function besideTexts(
  rows: Pipeline,
  input: Scalar,
  found: readonly { readonly text: string; readonly lists: readonly (readonly string[])[] }[],
): Beside {
  const mark = freshMark(rows, 'read')
  const names = (found[0]?.lists ?? []).map((_, at) => `${mark}${at}`)
  const cells = found.map(({ text, lists }): readonly Cell[] => {
    return [text, ...lists.map(list => (list.length > 0 ? list : null))]
  })
  const right: Relation = {
    op: 'rows',
    columns: [{ name: `${mark}of`, type: 'text' }, ...names.map(name => ({ name, type: 'list' as const }))],
    rows: cells,
  }
  const on = compare('eq', input, column(`${mark}of`, 'text'), { how: 'text' })
  const relation: Relation = { op: 'join', how: 'left', left: rows.relation, right, on }
  return { rows: { relation, order: rows.order }, values: names.map(name => column(name, 'list')) }
}
