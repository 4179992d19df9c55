import { expect, test } from 'vitest'
import { boundedGroups } from '../../../src/lang/sumo/lower/bounded-groups.ts'

const FREE = { span: Infinity, pause: Infinity, size: Infinity, mustStart: false, mustEnd: false }

function groups(rows: readonly (readonly [number, string | null, string | null])[], bounds = {}) {
  const timed = rows.map(([time, ...keys], index) => ({
    place: index + 1,
    time,
    starts: keys[0] === 'start',
    ends: keys[0] === 'end',
    keys,
  }))
  return boundedGroups(timed, { ...FREE, ...bounds }).map(([place, group]) => [place, group])
}

test('a message that shares values with two groups makes them one', () => {
  const rows = [
    [0, 'a', null],
    [1, null, 'b'],
    [2, 'a', 'b'],
    [3, 'c', null],
  ] as const
  expect(groups(rows).sort()).toEqual([
    [1, 1],
    [2, 1],
    [3, 1],
    [4, 2],
  ])
})

test('but not with one that a bound has closed', () => {
  const rows = [
    [0, 'a', null],
    [90, null, 'b'],
    [100, 'a', 'b'],
  ] as const
  expect(groups(rows, { span: 50 })).toEqual([
    [1, 1],
    [2, 2],
    [3, 2],
  ])
})

test('the same text in another field is no value that is shared', () => {
  const rows = [
    [0, 'a', null],
    [1, null, 'a'],
  ] as const
  expect(groups(rows)).toEqual([
    [1, 1],
    [2, 2],
  ])
})

test('a message without any value is in no group', () => {
  expect(groups([[0, null, null]])).toEqual([])
})
