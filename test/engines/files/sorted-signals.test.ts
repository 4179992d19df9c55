import { expect, test } from 'vitest'
import type { Hit } from '../../../src/core/hit.ts'
import { type NumberedHit, SortedSignals } from '../../../src/engines/files/sorted-signals.ts'
import { temporaryFolder } from '../../cli/caller.ts'

function numbered(rule: number, time: number, id: string, place: number): NumberedHit {
  const hit: Hit = {
    rule,
    event: { outcome: 'unknown', actor: {}, resources: [] },
    evidence: { event_id: id, event_time: '', file: 'f', record: 0, sha256: '' },
    matched: [],
    shown: [],
    carried: [
      { field: 'list', value: '1' },
      { field: 'list', value: '2' },
      { field: '__proto__', value: 'x' },
    ],
  }
  return { hit, place, time, id }
}

test('signals come in order of time, id and rule, also when they do not fit in memory', () => {
  const sorted = new SortedSignals(temporaryFolder())
  const count = 250_000
  for (let place = 0; place < count; place++)
    sorted.add(numbered(place % 3, (place * 7919) % 1000, `e${place % 10}`, place))
  sorted.add(numbered(1, Number.NaN, 'lost', count))
  for (const _ of [1, 2]) {
    let before = ''
    let read = 0
    for (const { time, id, rule, place, carried } of sorted.read()) {
      const key = `${String(time).padStart(4, '0')} ${id} ${rule} ${String(place).padStart(7, '0')}`
      if (!(key > before)) expect(key > before).toBe(true)
      before = key
      if (read++ === 0)
        expect(carried).toEqual([
          ['list', '1', '2'],
          ['__proto__', 'x'],
        ])
    }
    expect(read).toBe(count)
  }
  expect([...sorted.withoutTime]).toEqual([[1, 1]])
  sorted.close()
})
