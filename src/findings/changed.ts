import type { Finding } from './finding.ts'

/** Those that were not there before, or that say something else now: more events, later, worse, other values. */
export function changedSince(old: readonly Finding[], now: readonly Finding[]): readonly Finding[] {
  const before = new Map(old.map(finding => [finding.id, digest(finding)]))
  return now.filter(finding => before.get(finding.id) !== digest(finding))
}

/** What makes a finding another to its reader. Wording of the rule and pointers to files are not of it. */
function digest(finding: Finding): string {
  const { level, first_time, last_time, count, outcome, entities, actions, errors } = finding
  return JSON.stringify([
    level,
    first_time,
    last_time,
    count,
    outcome,
    sorted(entities),
    actions,
    sorted(errors),
  ])
}

function sorted(table: { readonly [key: string]: unknown }): readonly (readonly [string, unknown])[] {
  return Object.keys(table)
    .sort()
    .map(key => [key, table[key]])
}
