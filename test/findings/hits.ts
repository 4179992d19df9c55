import type { NormalEvent } from '../../src/core/event.ts'
import type { FieldValue, Hit, RuleFacts } from '../../src/findings/hit.ts'

export const HOUR = 3_600_000
export const DAY = 24 * HOUR
export const START = Date.UTC(2024, 4, 1, 10)

export const rule: RuleFacts = {
  id: '7b0c6f3e-1111-4222-8333-444455556666',
  title: 'Trail stopped',
  level: 'high',
  attack: ['T1562.008'],
  falsepositives: ['Planned maintenance'],
  references: ['https://example.com/trail'],
}

export const role = 'arn:aws:iam::111122223333:role/Deploy'

/** A hit like most: role Deploy stops a trail; what is given replaces what it says. */
export function hit(record: number, time: number | undefined, more: More = {}): Hit {
  const { rule = 0, matched = [], shown = [], file = 'a.json', entity, ...event } = more
  return {
    rule,
    event: {
      outcome: 'denied',
      error: 'TrailNotFoundException',
      service: 'cloudtrail.amazonaws.com',
      action: 'StopLogging',
      address: '198.51.100.7',
      actor: { principal: role, role },
      resources: [],
      ...(time === undefined ? {} : { time }),
      ...event,
    },
    evidence: {
      event_id: uuid(record),
      event_time: time === undefined ? '' : new Date(time).toISOString().replace('.000', ''),
      file,
      record,
      sha256: record.toString(16).padStart(64, '0'),
    },
    matched: [{ field: 'eventName', value: event.action ?? 'StopLogging' }, ...matched],
    shown,
    ...(entity === undefined ? {} : { entity }),
  }
}

interface More extends Partial<NormalEvent> {
  readonly rule?: number
  readonly file?: string
  readonly entity?: string
  readonly matched?: readonly FieldValue[]
  readonly shown?: readonly FieldValue[]
}

export function uuid(record: number): string {
  return `00000000-0000-4000-8000-${record.toString(16).padStart(12, '0')}`
}

/** The same list in another order, which a seed decides. */
export function shuffled<T>(list: readonly T[], seed: number): readonly T[] {
  const copy = [...list]
  let state = seed
  for (let index = copy.length - 1; index > 0; index -= 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    const other = state % (index + 1)
    const [a, b] = [copy[index], copy[other]]
    if (a === undefined || b === undefined) continue
    copy[index] = b
    copy[other] = a
  }
  return copy
}

/** Hits of one cluster with more values of every kind than a finding keeps. */
export function manyHits(count: number): readonly Hit[] {
  return Array.from({ length: count }, (_, index) =>
    hit(index, START + ((index * 7) % 3000) * HOUR, {
      file: `${index % 7}.json`,
      resources: [`object-${(index * 31) % 9001}`],
      matched: [{ field: `field-${index % 300}`, value: `${index % 5000}` }],
    }),
  )
}
