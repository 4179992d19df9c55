import { counted, firstFew } from '../core/quantity.ts'
import type { BaseMatches, StateExplanation } from '../detect/explain-state.ts'
import type { Attempt } from '../state/attempts/attempt.ts'

/** Groups of which each is told. */
const MOST_GROUPS = 50
/** Records that are named of one base rule. */
const MOST_RECORDS = 20

/** What a rule that remembers came to over some events: `+` where it holds, `-` where it does not, and why. */
export function stateLines({ bases, timeless, attempts }: StateExplanation): readonly string[] {
  const held = attempts.filter(({ holds }) => holds)
  // What holds is told first.
  const told = [...held, ...attempts.filter(({ holds }) => !holds)].slice(0, MOST_GROUPS)
  const rest = attempts.length - told.length
  return [
    'what it is over',
    ...bases.map(base => `  ${baseLine(base)}`),
    ...(timeless.length === 0 ? [] : [`  left out, for nobody knows when they were: ${records(timeless)}`]),
    attempts.length === 0 ? 'groups: none' : `groups: it holds for ${held.length} of ${attempts.length}`,
    ...told.flatMap(groupLines).map(line => `  ${line}`),
    ...(rest === 0 ? [] : [`  and ${counted(rest, 'other')}`]),
  ]
}

function baseLine({ rule, records: found, detections }: BaseMatches): string {
  const { title } = rule.meta
  if (rule.kind === 'correlation') return `${title}: ${counted(detections, 'detection')}`
  if (found.length === 0) return `${title}: no event`
  return `${title}: ${counted(found.length, 'event')}, ${records(found)}`
}

function records(numbers: readonly number[]): string {
  return `record ${firstFew(numbers.map(String), MOST_RECORDS)}`
}

function groupLines({ group, holds, lines }: Attempt): readonly string[] {
  return [`${holds ? '+' : '-'} ${group}`, ...lines.map(line => `    ${line}`)]
}
