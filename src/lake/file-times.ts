import { integer, type Sql, sql } from '../sql/sql.ts'
import type { LakeFile } from './manifest.ts'

/** UTC ms; `to` is the first moment that is too late. */
export interface TimeRange {
  readonly from?: number
  readonly to?: number
}

/** May the file hold events within the time? Events without one are inside, as in a scan. */
export function overlaps({ first, last }: LakeFile, { from, to }: TimeRange): boolean {
  if (first === undefined || last === undefined) return true
  return (from === undefined || last >= from) && (to === undefined || first < to)
}

/** What the engine is to test of the times of a file's rows: all of them have one, or none. */
export function timeConditions(files: readonly LakeFile[], { from, to }: TimeRange): readonly Sql[] {
  const early = from !== undefined && files.some(({ first }) => first !== undefined && first < from)
  const late = to !== undefined && files.some(({ last }) => last !== undefined && last >= to)
  const timeless = files.some(({ first }) => first === undefined)
  const test = (condition: Sql): Sql => (timeless ? sql`(event_ms IS NULL OR ${condition})` : condition)
  return [
    ...(early ? [test(sql`event_ms >= ${integer(Math.ceil(from))}`)] : []),
    ...(late ? [test(sql`event_ms < ${integer(Math.ceil(to))}`)] : []),
  ]
}
