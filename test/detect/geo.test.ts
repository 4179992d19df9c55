import { describe, expect, test } from 'vitest'
import { openGeo } from '../../src/context/geo.ts'
import type { JsonObject } from '../../src/core/json.ts'
import type { Knowledge } from '../../src/detect/knowledge.ts'
import { event, trail } from '../cli/logs.ts'
import { mmdb } from '../context/mmdb.ts'
import { temporaryFolder, written } from '../temporary-folder.ts'
import { huntAll, rulesOf, scanOf, user } from './scans.ts'

const folder = temporaryFolder()
const databases = temporaryFolder()
written(
  databases,
  'country.mmdb',
  mmdb('GeoLite2-Country', {
    '192.0.2.0/24': { country: { iso_code: 'DE' } },
    '198.51.100.0/24': { country: { iso_code: 'BR' } },
  }),
)
written(
  databases,
  'asn.mmdb',
  mmdb('GeoLite2-ASN', {
    '192.0.2.0/24': { autonomous_system_number: 64500, autonomous_system_organization: 'Example Net' },
  }),
)
const geo = openGeo(databases)

const logs = written(
  folder,
  'trail.json',
  trail([
    event(0),
    event(1, { sourceIPAddress: '198.51.100.9' }),
    event(2, { sourceIPAddress: '203.0.113.5' }),
    event(3, { sourceIPAddress: '10.0.0.1' }),
    event(4, { sourceIPAddress: 'ec2.amazonaws.com' }),
    event(5, { sourceIPAddress: '198.51.100.10', ...user('bob', 'AKIABOB'), eventName: 'GetObject' }),
  ]),
)

const rule = (id: string, detection: string): string =>
  `title: ${id}\nid: ${id}\nlogsource: {product: aws, service: cloudtrail}\ndetection:\n  name: {eventName: ListBuckets}\n${detection.replace(/^(?=.)/gm, '  ')}\n`

async function hits(text: string, knowledge?: Knowledge): Promise<readonly (number | string)[]> {
  const records: number[] = []
  const { ledger } = await huntAll({
    ...scanOf([logs]),
    rules: rulesOf([text]),
    selection: { include: [], exclude: [] },
    keepDuplicates: false,
    strict: false,
    profile: true,
    ...(knowledge === undefined ? {} : { knowledge }),
    watch: {
      begin: () => {},
      progress: () => {},
      fileDone: () => {},
      hit: (_, one) => records.push(one.evidence.record),
    },
  })
  return records.length > 0 ? records : ledger.rules.map(({ end }) => end)
}

describe('where the address of an event is', () => {
  const country = rule('brazil', 'place: {source.geo.country_iso_code: br}\ncondition: name and place')
  test('a rule may ask for its country, its network and who runs that, in any words of Sigma', async () => {
    expect(await hits(country, { geo })).toEqual([1])
    expect(
      await hits(rule('as', 'place: {source.as.number|gte: 64500}\ncondition: name and place'), { geo }),
    ).toEqual([0])
    const organization = rule(
      'org',
      'place: {source.as.organization.name|contains: example}\ncondition: place',
    )
    expect(await hits(organization, { geo })).toEqual([0])
    const either = rule('list', 'place: {source.geo.country_iso_code: [DE, BR]}\ncondition: place')
    expect(await hits(either, { geo })).toEqual([0, 1, 5])
  })
  test('what no database knows is missing: no selection holds, and "not" of one does', async () => {
    const elsewhere = rule(
      'elsewhere',
      'place: {source.geo.country_iso_code: DE}\ncondition: name and not place',
    )
    expect(await hits(elsewhere, { geo })).toEqual([1, 2, 3, 4])
    const known = rule(
      'known',
      'place: {source.geo.country_iso_code|exists: true}\ncondition: name and place',
    )
    expect(await hits(known, { geo })).toEqual([0, 1])
    const careful = rule(
      'careful',
      'home: {source.geo.country_iso_code: DE}\nsome: {source.geo.country_iso_code|exists: true}\ncondition: name and some and not home',
    )
    expect(await hits(careful, { geo })).toEqual([1])
  })
  test('without databases every such field is missing, and the ledger says that the rule could not match', async () => {
    expect(await hits(country)).toEqual(['never-able'])
    const elsewhere = rule(
      'elsewhere',
      'place: {source.geo.country_iso_code: DE}\ncondition: name and not place',
    )
    expect(await hits(elsewhere)).toEqual([0, 1, 2, 3, 4])
  })
  test('with databases a rule that found nothing ran', async () => {
    const nowhere = rule('nowhere', 'place: {source.geo.country_iso_code: JP}\ncondition: name and place')
    expect(await hits(nowhere, { geo })).toEqual(['ran'])
  })
  test('what the log says itself goes first', async () => {
    const own: JsonObject = event(0, { source: { geo: { country_iso_code: 'JP' } } })
    const file = written(folder, 'own.json', trail([own]))
    const found: string[] = []
    const { findings } = await huntAll({
      ...scanOf([file]),
      rules: rulesOf([rule('japan', 'place: {source.geo.country_iso_code: JP}\ncondition: place')]),
      selection: { include: [], exclude: [] },
      keepDuplicates: false,
      strict: false,
      profile: false,
      knowledge: { geo },
      watch: { begin: () => {}, progress: () => {}, fileDone: () => {}, hit: id => found.push(id) },
    })
    expect([found, findings.length]).toEqual([['japan'], 1])
  })
  test('a rule over rules may group by it, and a finding shows it', async () => {
    const base = `${rule('named', 'condition: name')}---\n${rule('read', 'other: {eventName: GetObject}\ncondition: other')}`
    const over =
      'title: many\nid: many\ncorrelation:\n  type: value_count\n  rules: [named, read]\n  group-by: [source.geo.country_iso_code]\n  timespan: 1h\n  condition: {gte: 2, field: userIdentity.userName}\n'
    for (const whole of [true, false]) {
      const { findings } = await huntAll({
        ...scanOf([logs]),
        rules: rulesOf([`${base}---\n${over}`]),
        selection: { include: [], exclude: [] },
        keepDuplicates: false,
        strict: false,
        profile: false,
        knowledge: { geo },
        watch: {
          begin: () => {},
          progress: () => {},
          fileDone: () => {},
          ...(whole ? { hit: () => {} } : {}),
        },
      })
      const found = findings.filter(({ rule_id }) => rule_id === 'many')
      expect(found.map(({ entity, count }) => [entity.kind, entity.value, count])).toEqual([
        ['source.geo.country_iso_code', 'BR', 2],
      ])
    }
  })
})
