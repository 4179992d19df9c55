import { createHash } from 'node:crypto'
import type { Finding } from './finding.ts'
import type { FindingList } from './finding-list.ts'

/** What findings said: id -> digest. */
export type Baseline = ReadonlyMap<string, string>

/** What these findings say. */
export function baselineOf(findings: Iterable<Finding>): Baseline {
  return new Map([...findings].map(finding => [finding.id, digest(finding)]))
}

/** Those that were not there before, or that say something else now: more events, later, worse, other values. */
export function changedSince(before: Baseline, now: FindingList): FindingList {
  return now.with(
    now.heads.filter(head => !before.has(head.id) || before.get(head.id) !== digest(head.whole())),
  )
}

/** What makes a finding another to its reader. Wording of the rule and pointers to files are not of it. */
function digest(finding: Finding): string {
  const { level, first_time, last_time, count, outcome, entities, actions, errors } = finding
  const said = JSON.stringify([
    level,
    first_time,
    last_time,
    count,
    outcome,
    sorted(entities),
    actions,
    sorted(errors),
  ])
  return createHash('sha256').update(said).digest('base64')
}

function sorted(table: { readonly [key: string]: unknown }): readonly (readonly [string, unknown])[] {
  return Object.keys(table)
    .sort()
    .map(key => [key, table[key]])
}
