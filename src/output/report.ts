import type { Level } from '../core/level.ts'
import type { Finding } from '../findings/finding.ts'
import type { FindingList } from '../findings/finding-list.ts'
import type { Ledger } from '../findings/ledger.ts'

/** What a format prints. */
export interface Report {
  /** In the order in which they are to be printed. */
  readonly findings: FindingList
  readonly ledger: Ledger
  readonly title: string
  /** The inputs as the user named them. */
  readonly inputs: readonly string[]
  /** When it was made, as text to show; left out, two runs print the same. */
  readonly generated?: string
}

/** Takes the next piece of the output. */
export type Write = (text: string) => void

export interface FormatOptions {
  readonly colour: boolean
  /** Columns of the terminal. */
  readonly width: number
}

/** Prints a report piece by piece, so that a large one need not be held. */
export type Format = (report: Report, write: Write, options: FormatOptions) => void

/** How many findings there are of each level. */
export function levelCounts(findings: readonly Pick<Finding, 'level'>[]): {
  readonly [level in Level]: number
} {
  const counts = { informational: 0, low: 0, medium: 0, high: 0, critical: 0 }
  for (const { level } of findings) counts[level] += 1
  return counts
}

/** The earliest first time and the latest last time; absent if no finding has any. */
export function timeRange(
  findings: readonly Pick<Finding, 'first_time' | 'last_time'>[],
): { readonly first: string; readonly last: string } | undefined {
  let first = ''
  let last = ''
  for (const { first_time, last_time } of findings) {
    if (first_time !== '' && (first === '' || first_time < first)) first = first_time
    if (last_time > last) last = last_time
  }
  return first === '' ? undefined : { first, last }
}

/** `2024-05-01T10:00:00Z` as people read it: `2024-05-01 10:00:00`. */
export function timeText(time: string): string {
  return time === '' ? 'no time' : time.replace('T', ' ').replace('Z', '')
}
