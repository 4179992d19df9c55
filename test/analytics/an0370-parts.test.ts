import { describe, expect, test } from 'vitest'
import { containerOf } from '../../src/analytics/an0370/blobs.ts'
import { copySource } from '../../src/analytics/an0370/copies.ts'
import { fromOf } from '../../src/analytics/an0370/network.ts'
import { Pace, WINDOW } from '../../src/analytics/an0370/pace.ts'
import { Paths } from '../../src/analytics/an0370/paths.ts'
import { noGeo } from '../../src/context/geo.ts'

describe('the source of a copy', () => {
  test.each([
    ['bucket/a/b.csv', { bucket: 'bucket', key: 'a/b.csv' }],
    ['/bucket/a%2Fb%20c.csv', { bucket: 'bucket', key: 'a/b c.csv' }],
    ['bucket%2Fa.csv?versionId=3sL4kqtJ', { bucket: 'bucket', key: 'a.csv' }],
    ['bucket/100%.csv', { bucket: 'bucket', key: '100%.csv' }],
    [
      'arn:aws:s3:eu-west-1:111122223333:accesspoint/staff/object/a/b.csv',
      { bucket: 'arn:aws:s3:eu-west-1:111122223333:accesspoint/staff', key: 'a/b.csv' },
    ],
    ['', undefined],
    ['bucket', { bucket: 'bucket' }],
  ])('%s', (text, expected) => expect(copySource(text)).toEqual(expected))
})

test('the container behind an address of Azure', () => {
  expect(containerOf('https://vault.blob.core.windows.net:443/contracts/a.pdf?sig=X')).toEqual({
    name: 'vault/contracts',
    provider: 'azure',
  })
  expect(containerOf('https://example.com/contracts/a.pdf')).toBeUndefined()
})

test('the most in ten minutes: both ends belong to the window', () => {
  const within = new Pace()
  for (const time of [0, WINDOW]) within.add(time, 5)
  expect([within.peakObjects, within.peakBytes]).toEqual([2, 10])
  const beyond = new Pace()
  for (const time of [0, WINDOW + 1000]) beyond.add(time, 5)
  expect([beyond.peakObjects, beyond.peakBytes]).toEqual([1, 5])
})

test('objects that there is no room for are counted, and told as such', () => {
  const room = { left: 2 }
  const paths = new Paths(room)
  for (const key of ['a/1', 'a/1', 'a/2', 'b/3']) paths.add(key)
  expect([paths.distinct, paths.beyond, paths.topPrefixes(5)]).toEqual([2, 1, ['a/ (2)']])
  paths.release()
  expect(room.left).toBe(2)
})

test('the network of an address is its /24 or /48; what is no address stands for itself', () => {
  expect(fromOf(noGeo, '198.51.100.7').network).toBe('198.51.100.0/24')
  expect(fromOf(noGeo, '2001:db8:1:2::5').network).toBe('2001:db8:1::/48')
  expect(fromOf(noGeo, 'athena.amazonaws.com').network).toBe('athena.amazonaws.com')
})
