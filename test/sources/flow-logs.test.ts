import { expect, test } from 'vitest'
import { aliasesOf } from '../../src/sources/aliases/aliases.ts'
import { FLOW_FIELDS, TRANSIT_ORDER } from '../../src/sources/vpc-flow/names.ts'
import { readContent } from './reading.ts'

const TRANSIT = [
  ...['6', 'TransitGateway', '111122223333', 'tgw-0a', 'tgw-attach-0a', '111122223333', '444455556666'],
  ...['vpc-0a', 'vpc-0b', 'subnet-0a', 'subnet-0b', 'eni-0a', 'eni-0b', 'euw1-az1', 'euw1-az2'],
  ...[
    'tgw-attach-0b',
    '10.1.0.4',
    '10.2.0.9',
    '39812',
    '5432',
    '6',
    '12',
    '4096',
    '1741082400',
    '1741082460',
  ],
  ...['OK', 'IPv4', '0', '0', '0', '0', '19', 'eu-west-1', 'ingress', '-', '-'],
].join(' ')

async function records(text: string) {
  const { found, tally } = await readContent(text)
  return { found: found.map(({ record }) => record), apart: tally.apart, first: found[0] }
}

test('flow logs of a transit gateway need no header in their default format', async () => {
  const silent = `6 TransitGateway 111122223333 tgw-0a tgw-attach-0a${' -'.repeat(18)} 1741082400 1741082460 NODATA${' -'.repeat(10)}`
  const { found, apart, first } = await records(`${TRANSIT}\n${silent}\n`)
  expect(found).toMatchObject([{ dstaddr: '10.2.0.9', bytes: '4096', 'tgw-id': 'tgw-0a', 'tcp-flags': '19' }])
  expect(apart).toEqual({ NODATA: 1 })
  expect(first?.source.normalise(first.record)).toMatchObject({
    actor: { principal: 'tgw-attach-0a' },
    time: 1741082400_000,
    region: 'eu-west-1',
  })
})

test('the same flow at both attachments of a gateway is two events', async () => {
  const { found } = await records(`${TRANSIT}\n${TRANSIT.replace('tgw-attach-0a', 'tgw-attach-0c')}\n`)
  expect(found).toHaveLength(2)
})

test('a line that was cut is no flow', async () => {
  const head = 'srcaddr dstaddr start bytes\n10.0.0.5 198.51.100.7 1741082400 900\n'
  const { found, apart } = await records(`${head}10.0.0.5 198.51\n`)
  expect([found.length, apart]).toEqual([1, { unrecognised: 1 }])
})

test('the first line may be cut, or say something of the file', async () => {
  expect((await records(`${TRANSIT.slice(40)}\n${TRANSIT}\n`)).found).toHaveLength(1)
  expect((await records('#x\nsrcaddr dstaddr start\n10.0.0.5 198.51.100.7 1741082400\n')).found).toHaveLength(
    1,
  )
})

test('a header may follow lines that need none', async () => {
  const { found } = await records(`${TRANSIT}\nsrcaddr dstaddr start\n10.0.0.5 198.51.100.7 1741082400\n`)
  expect(found.map(({ srcaddr }) => srcaddr)).toEqual(['10.1.0.4', '10.0.0.5'])
})

test('tabs may stand between the names and the values', async () => {
  const { found } = await records('srcaddr\tdstaddr\tstart\tbytes\n10.0.0.5\t198.51.100.7\t1741082400\t900\n')
  expect(found).toEqual([{ srcaddr: '10.0.0.5', dstaddr: '198.51.100.7', start: '1741082400', bytes: '900' }])
})

test('what a row does not know is nothing', async () => {
  const row = {
    srcaddr: '10.0.0.5',
    dstaddr: '198.51.100.7',
    start: 1741082400,
    reject_reason: null,
    az_id: '-',
  }
  expect((await records(JSON.stringify(row))).found).toEqual([
    { srcaddr: '10.0.0.5', dstaddr: '198.51.100.7', start: 1741082400 },
  ])
})

test('in searches each field has the name that Athena and Parquet give it', () => {
  const aliases = aliasesOf('vpc-flow')
  const missing = FLOW_FIELDS.filter(
    name => aliases[name.replaceAll('-', '_')] === undefined && name.includes('-'),
  )
  expect(missing).toEqual([])
  expect(aliases['reject_reason']).toEqual({ of: ['reject-reason'] })
})

test('the default of a transit gateway has each field once', () => {
  expect([TRANSIT_ORDER.length, new Set(TRANSIT_ORDER).size]).toEqual([36, 36])
})
