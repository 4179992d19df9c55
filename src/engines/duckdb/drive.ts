import type { Answer, Ask, Lowering } from '../../plan/lowering.ts'
import { shownColumns } from '../../sql/print-relation.ts'
import type { Database } from './database.ts'

/** Runs a lowering to its end, answering its questions from the database. */
export async function drive<T>(lowering: Lowering<T>, database: Database): Promise<T> {
  let step = lowering.next(NOTHING)
  while (!step.done) step = lowering.next(await answer(step.value, database))
  return step.value
}

/** What a question gets when there is no data, as when a search is only checked. */
export const NOTHING: Answer = { rows: [], more: false }

async function answer({ relation, limit }: Ask, database: Database): Promise<Answer> {
  const columns = shownColumns(relation)
  const found = await database.first(relation, limit + 1)
  const rows = found
    .slice(0, limit)
    .map(row => Object.fromEntries(columns.map(({ name }, at) => [name, row[at] ?? null])))
  return { rows, more: found.length > limit }
}
