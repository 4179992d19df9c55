import { describe, expect, test } from 'vitest'
import { isoTime, parseDuration, parseTime, utcDay } from '../../src/core/time.ts'

const NOON = Date.UTC(2024, 1, 29, 12, 30, 15)

describe('parseTime', () => {
  test.each([
    ['2024-02-29T12:30:15Z', NOON],
    ['2024-02-29 12:30:15', NOON],
    ['2024-02-29 12:30:15.000000000', NOON],
    ['2024-02-29T12:30:15.25Z', NOON + 250],
    ['2024-02-29T12:30:15,5Z', NOON + 500],
    ['2024-02-29T14:30:15+02:00', NOON],
    ['2024-02-29T07:00:15-0530', NOON],
    ['2024-02-29 12:30:15.000 UTC', NOON],
    [' 2024-02-29T12:30Z ', NOON - 15_000],
    ['2024-02-29', Date.UTC(2024, 1, 29)],
    ['2016-12-31T23:59:60Z', Date.UTC(2017, 0, 1)],
    [NOON / 1000, NOON],
    [NOON, NOON],
    [String(NOON / 1000), NOON],
    [`${NOON / 1000}.5`, NOON + 500],
    [String(NOON), NOON],
    [`${NOON}000`, NOON],
    ['0001-01-01T00:00:00Z', -62_135_596_800_000],
    ['9999-12-31T23:59:59Z', 253_402_300_799_000],
  ])('reads %s', (written, time) => {
    expect(parseTime(written)).toBe(time)
  })

  test.each([
    '',
    'yesterday',
    '2024-02-30T00:00:00Z',
    '2023-02-29T00:00:00Z',
    '2024-13-01T00:00:00Z',
    '2024-01-01T24:00:00Z',
    '2024-01-01T00:60:00Z',
    '0000-01-01T00:00:00Z',
    '0001-01-01T00:00:00+01:00',
    '9999-12-31T23:59:59-01:00',
    '2024-0a-01T00:00:00Z',
    '2024-01-01TAA:00:00Z',
    '2024',
    ' '.repeat(100_000),
    0,
    -1,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    1e30,
  ])('%j is no time', written => {
    expect(parseTime(written)).toBeUndefined()
  })

  test('agrees with Date on every day of four hundred years', () => {
    const wrong: string[] = []
    for (let day = Date.UTC(1800, 0, 1); day < Date.UTC(2200, 0, 1); day += 86_400_000) {
      if (parseTime(isoTime(day)) !== day) wrong.push(isoTime(day))
    }
    expect(wrong).toEqual([])
  })
})

test('utcDay and isoTime print in UTC', () => {
  expect(utcDay(NOON)).toBe('2024-02-29')
  expect(isoTime(NOON)).toBe('2024-02-29T12:30:15Z')
  expect(isoTime(NOON + 7)).toBe('2024-02-29T12:30:15.007Z')
  expect(isoTime(-62_135_596_800_000)).toBe('0001-01-01T00:00:00Z')
})

test('parseDuration takes a number and one unit', () => {
  expect(parseDuration('90s')).toBe(90_000)
  expect(parseDuration('15m')).toBe(900_000)
  expect(parseDuration('12h')).toBe(43_200_000)
  expect(parseDuration('30D')).toBe(2_592_000_000)
  expect(parseDuration('2w')).toBe(1_209_600_000)
  for (const text of ['', '30', 'd', '-1d', '1.5h', '1y', '1d2h', '99999999999d']) {
    expect(parseDuration(text)).toBeUndefined()
  }
})
