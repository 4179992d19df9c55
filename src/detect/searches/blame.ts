import type { Approval } from './approval-tables.ts'
import type { FoundRow } from './run-search.ts'

/**
 * Which approvals, each alone, take a row away. One that is the only candidate for a row is it. Of the others a half that takes
 * none away is not asked one by one, so that few among many are found soon.
 *
 * @param rows that some of their candidates take away
 * @param taken the rows that some approvals alone take away
 */
export async function blame(
  rows: readonly FoundRow[],
  candidates: (row: FoundRow) => readonly Approval[],
  taken: (some: readonly Approval[]) => Promise<readonly FoundRow[]>,
): Promise<ReadonlyMap<FoundRow, readonly Approval[]>> {
  const found = new Map<FoundRow, readonly Approval[]>()
  const tell = (row: FoundRow, approval: Approval) => found.set(row, [...(found.get(row) ?? []), approval])
  const among = async (some: readonly Approval[], left: readonly FoundRow[]): Promise<void> => {
    const [first, ...more] = some
    if (first === undefined || left.length === 0) return
    if (more.length === 0) {
      for (const row of left) tell(row, first)
      return
    }
    const middle = Math.ceil(some.length / 2)
    for (const half of [some.slice(0, middle), some.slice(middle)]) {
      const gone = new Set(await taken(half))
      const those = left.filter(row => gone.has(row))
      await among(half, those)
    }
  }
  const doubtful: FoundRow[] = []
  for (const row of rows) {
    const [first, ...more] = candidates(row)
    if (first !== undefined && more.length === 0) tell(row, first)
    else doubtful.push(row)
  }
  await among([...new Set(doubtful.flatMap(candidates))], doubtful)
  return found
}
