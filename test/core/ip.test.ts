import { expect, test } from 'vitest'
import { inNetwork, parseIp, parseNetwork } from '../../src/core/ip.ts'

test.each([
  ['192.0.2.1', [192, 0, 2, 1]],
  ['255.255.255.255', [255, 255, 255, 255]],
  ['::', Array(16).fill(0)],
  ['::1', [...Array(15).fill(0), 1]],
  ['2001:db8::ff', [0x20, 1, 0xd, 0xb8, ...Array(11).fill(0), 0xff]],
  ['1:2:3:4:5:6:7:8', [0, 1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 0, 7, 0, 8]],
  ['1::8', [0, 1, ...Array(13).fill(0), 8]],
  ['1:2:3:4:5:6:7::', [0, 1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 0, 7, 0, 0]],
  ['::ffff:192.0.2.1', [...Array(10).fill(0), 255, 255, 192, 0, 2, 1]],
])('%s', (text, bytes) => expect([...(parseIp(text)?.bytes ?? [])]).toEqual(bytes))

test.each([
  '',
  'AWS Internal',
  '192.0.2',
  '192.0.2.1.5',
  '192.0.2.256',
  '192.0.2.1:443',
  ' 192.0.2.1',
  '075.050.255.67',
  '192.0.2.01',
  '0x7f.0.0.1',
  ':',
  ':::',
  '1::2::3',
  '1:2:3:4:5:6:7:8:9',
  '1:2:3:4:5:6:7',
  '1:2:3:4:5:6:7:8::',
  '12345::',
  'fe80::1%eth0',
  '[::1]',
  '::192.0.2.1:5',
  '192.0.2.1::',
  ':1:2:3:4:5:6:7',
  '1:2:3:4:5:6:7:',
  `${'0:'.repeat(60)}1`,
])('%j is no address', text => expect(parseIp(text)).toBeUndefined())

test.each([
  ['192.0.2.0/24', '192.0.2.255', true],
  ['192.0.2.0/24', '192.0.3.0', false],
  ['192.0.2.128/25', '192.0.2.127', false],
  ['192.0.2.8/29', '192.0.2.15', true],
  ['192.0.2.1', '192.0.2.1', true],
  ['0.0.0.0/0', '203.0.113.9', true],
  ['0.0.0.0/0', '::1', false],
  ['2001:db8::/33', '2001:db8:7fff::1', true],
  ['2001:db8::/33', '2001:db8:8000::1', false],
  ['::ffff:0:0/96', '192.0.2.1', false],
  ['::ffff:0:0/96', '::ffff:192.0.2.1', true],
])('%s holds %s: %s', (network, address, expected) => {
  const ip = parseIp(address)
  const parsed = parseNetwork(network)
  expect(ip !== undefined && typeof parsed !== 'string' && inNetwork(ip, parsed)).toBe(expected)
})

test.each([
  ['192.0.2.1/24', 'it has bits set behind the prefix'],
  ['2001:db8::1/64', 'it has bits set behind the prefix'],
  ['192.0.2.0/33', 'its prefix length is not a number from 0 to 32'],
  ['192.0.2.0/', 'its prefix length is not a number from 0 to 32'],
  ['192.0.2.0/255.255.255.0', 'its prefix length is not a number from 0 to 32'],
  ['::/129', 'its prefix length is not a number from 0 to 128'],
  ['example.com/8', 'it does not start with an IP address'],
])('%s is no network', (text, reason) => expect(parseNetwork(text)).toBe(reason))
