import type { Lowering } from '../../../plan/lowering.ts'
import { finished, limit, type Pipeline, visible } from '../../../plan/pipeline.ts'
import type { Cell } from '../../../plan/relation.ts'
import { quote } from '../syntax/text.ts'
import type { Stages } from '../syntax/tree.ts'
import { type Context, fieldOf } from './context.ts'

/** Rows that become text at most. */
const MOST = 10_000

/** What `return` does: the first rows as the text of a condition, or as bare values. */
export function* returnedText(stage: Stages['return'], rows: Pipeline, context: Context): Lowering<Pipeline> {
  for (const { field } of stage.fields) fieldOf(rows, field, context)
  const answer = yield {
    relation: finished(limit(rows, stage.count)),
    limit: stage.count,
    why: 'rows to return',
  }
  const texts = answer.rows.map(row => {
    const parts = stage.fields.flatMap(({ alias, value, field }) =>
      cells(row[field.name]).map(cell =>
        value ? quote(cell) : `${quote(alias ?? field.name)}=${quote(cell)}`,
      ),
    )
    return parts.length > 1 ? `(${parts.join(' ')})` : (parts[0] ?? '')
  })
  return oneText(texts.filter(text => text !== '').join(' OR '))
}

/** What `format` does: all rows as the text of a condition. */
export function* formatted(rows: Pipeline): Lowering<Pipeline> {
  const names = visible(rows)
    .map(({ name }) => name)
    .filter(name => !name.startsWith('_'))
  const answer = yield { relation: finished(limit(rows, MOST)), limit: MOST, why: 'rows to format' }
  const texts = answer.rows.map(row => {
    const parts = names.flatMap(name => cells(row[name]).map(cell => `${quote(name)}=${quote(cell)}`))
    return parts.length === 0 ? '' : `( ${parts.join(' AND ')} )`
  })
  const some = texts.filter(text => text !== '')
  return oneText(some.length === 0 ? '' : `( ${some.join(' OR ')} )`)
}

function oneText(text: string): Pipeline {
  const rows = text === '' ? [] : [[text]]
  return { relation: { op: 'rows', columns: [{ name: 'search', type: 'text' }], rows }, order: [] }
}

function cells(cell: Cell | undefined): readonly string[] {
  if (cell === undefined || cell === null) return []
  return typeof cell === 'object' ? cell : [String(cell)]
}
