import { expect, test } from 'vitest'
import { MOST_WINDOWS, windowsLeftOut, windowsOver } from '../../../src/detect/searches/windows.ts'

const minute = 60_000

test('windows end at whole multiples of the schedule, the first after the first event, the last after the last', () => {
  const windows = windowsOver({ every: 10 * minute, window: 70 * minute }, 25 * minute, 40 * minute)
  expect(windows.map(({ from, to }) => [from / minute, to / minute])).toEqual([
    [-40, 30],
    [-30, 40],
    [-20, 50],
  ])
})

test('too many windows are cut at the front, and counted', () => {
  const schedule = { every: 1000, window: 1000 }
  const last = (MOST_WINDOWS + 4) * 1000
  const windows = windowsOver(schedule, 0, last)
  expect(windows.length).toBe(MOST_WINDOWS)
  expect(windows.at(-1)?.to).toBe(last + 1000)
  expect(windowsLeftOut(schedule, 0, last)).toBe(5)
})
