import { keyOf } from './row-key.ts'
import type { FoundRow } from './run-search.ts'

/** How the rows that a search gives without something differ from those that it gives. */
export interface RowDifference {
  /** Only there without it. */
  readonly gone: readonly FoundRow[]
  /** There in both, and not the same in these columns. */
  readonly changed: ReadonlyMap<FoundRow, readonly string[]>
  /** Only there with it. */
  readonly added: readonly FoundRow[]
}

/**
 * Rows are the same by their key, as often as they come; what is left of computed rows is the same by what they are attributed to.
 * @param without the rows without it @param given the rows with it
 */
export function rowDifference(
  without: readonly FoundRow[],
  given: readonly FoundRow[],
  entity: (row: FoundRow) => string,
): RowDifference {
  const byKey = paired(without, given, keyOf)
  const computed = (row: FoundRow): boolean => row.event === undefined
  const byEntity = paired(byKey.without.filter(computed), byKey.given.filter(computed), entity)
  const pairs = [...byKey.pairs, ...byEntity.pairs]
  const changed = pairs.map(([row, other]) => [row, differing(row, other)] as const)
  const stay = new Set(byEntity.pairs.flat())
  return {
    gone: byKey.without.filter(row => !stay.has(row)),
    changed: new Map(changed.filter(([, columns]) => columns.length > 0)),
    added: byKey.given.filter(row => !stay.has(row)),
  }
}

interface Paired {
  readonly pairs: readonly (readonly [FoundRow, FoundRow])[]
  /** What has no other half. */
  readonly without: readonly FoundRow[]
  readonly given: readonly FoundRow[]
}

function paired(
  without: readonly FoundRow[],
  given: readonly FoundRow[],
  name: (row: FoundRow) => string,
): Paired {
  const waiting = new Map<string, FoundRow[]>()
  for (const row of given.toReversed()) {
    const same = waiting.get(name(row)) ?? []
    waiting.set(name(row), same)
    same.push(row)
  }
  const pairs: (readonly [FoundRow, FoundRow])[] = []
  const rest = without.filter(row => {
    const other = waiting.get(name(row))?.pop()
    if (other !== undefined) pairs.push([row, other])
    return other === undefined
  })
  return { pairs, without: rest, given: [...waiting.values()].flat() }
}

/** Columns in which two rows are not the same. */
function differing({ values }: FoundRow, other: FoundRow): readonly string[] {
  const names = new Set([...values.keys(), ...other.values.keys()])
  return [...names].filter(name => text(values.get(name)) !== text(other.values.get(name)))
}

function text(cell: unknown): string {
  return JSON.stringify(cell ?? null)
}
