import type { Answer, Ask, Lowering } from '../../plan/lowering.ts'
import type { Relation } from '../../plan/relation.ts'
import { isSummary } from '../../plan/summary.ts'
import { shownColumns } from '../../sql/print-relation.ts'
import type { Database } from './database.ts'
import { forgetRows, keepRows } from './kept-rows.ts'

/** Runs a lowering to its end, answering its questions from the database. What was kept for the one before is gone then. */
export async function drive<T>(lowering: Lowering<T>, database: Database): Promise<T> {
  await forgetRows(database)
  let step = lowering.next(NOTHING)
  while (!step.done) step = lowering.next(await answer(step.value, database))
  return step.value
}

/** What a question gets when there is no data, as when a search is only checked. */
export const NOTHING: Answer = { rows: [], more: false }

async function answer({ relation, limit }: Ask, database: Database): Promise<Answer> {
  const summary = summaryIn(relation)
  if (summary !== undefined) await keepRows(database, summary)
  const columns = shownColumns(relation)
  const found = await database.first(relation, limit + 1)
  const rows = found
    .slice(0, limit)
    .map(row => Object.fromEntries(columns.map(({ name }, at) => [name, row[at] ?? null])))
  return { rows, more: found.length > limit }
}

/**
 * The rows that a question sums up, if they are sums themselves: they are few, and what the search does after the question reads
 * them once more.
 */
function summaryIn(relation: Relation): Relation | undefined {
  if (relation.op === 'group') return isSummary(relation.from) ? relation.from : undefined
  return 'from' in relation ? summaryIn(relation.from) : undefined
}
