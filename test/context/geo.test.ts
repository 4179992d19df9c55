import { expect, test } from 'vitest'
import { geoOf, noGeo } from '../../src/context/geo.ts'
import { mmdb } from './mmdb.ts'

const countries = mmdb('GeoLite2-Country', {
  '192.0.2.0/24': { country: { iso_code: 'CH' } },
  '198.51.100.0/25': { registered_country: { iso_code: 'US' } },
})
const networks = mmdb('GeoLite2-ASN', {
  '192.0.2.0/24': { autonomous_system_number: 64_500, autonomous_system_organization: 'Example Networks' },
})
const flat = mmdb('ipinfo', {
  '203.0.113.0/24': { country: 'de', asn: 'AS64501', as_name: 'Other Networks' },
})

const known = (value: unknown) => ({ kind: 'known', value })
const unknown = (reason: string) => ({ kind: 'unknown', reason })

test('databases tell country and network of an address', () => {
  const geo = geoOf([
    { file: 'country.mmdb', bytes: countries },
    { file: 'asn.mmdb', bytes: networks },
    { file: 'flat.mmdb', bytes: flat },
  ])
  expect(geo.files.map(({ type }) => type)).toEqual(['GeoLite2-Country', 'GeoLite2-ASN', 'ipinfo'])
  expect(geo.place('192.0.2.7')).toEqual({
    country: known('CH'),
    asn: known(64_500),
    organization: known('Example Networks'),
  })
  expect(geo.place('203.0.113.1')).toEqual({
    country: known('DE'),
    asn: known(64_501),
    organization: known('Other Networks'),
  })
  expect(geo.place('::ffff:192.0.2.7').country).toEqual(known('CH'))
  expect(geo.place('198.51.100.7').country).toEqual(known('US'))
  expect(geo.place('198.51.100.200').country).toEqual(unknown('no database has a country for it'))
  expect(geo.place('198.51.100.7').asn).toEqual(unknown('no database has a network for it'))
})

test('what no database can tell is unknown, with the reason', () => {
  expect(noGeo.place('192.0.2.7').country).toEqual(unknown('there is no database; give a folder with -G'))
  const geo = geoOf([{ file: 'country.mmdb', bytes: countries }])
  expect(geo.place('AWS Internal').country).toEqual(unknown('it is no address'))
  expect(geo.place('10.0.0.1').country).toEqual(unknown('it is a private address'))
})

test('a file that is no database is told of, and one that is cut or twisted does no harm', () => {
  const geo = geoOf([
    { file: 'a.mmdb', bytes: Buffer.from('nothing') },
    { file: 'b.mmdb', bytes: Buffer.alloc(0) },
  ])
  expect(geo.problems.map(({ file }) => file)).toEqual(['a.mmdb', 'b.mmdb'])
  for (let at = 0; at < countries.length; at += 7) {
    const twisted = Buffer.from(countries)
    twisted[at] = (twisted[at] ?? 0) ^ 0xff
    const { country } = geoOf([{ file: 'twisted.mmdb', bytes: twisted }]).place('192.0.2.7')
    expect(['known', 'unknown']).toContain(country.kind)
  }
})

test('a database of cities tells where in its country an address is', () => {
  const cities = mmdb('GeoLite2-City', {
    '192.0.2.0/24': {
      city: { names: { en: 'Bern', de: 'Bern' } },
      subdivisions: [{ names: { en: 'Canton of Bern' } }],
      continent: { names: { en: 'Europe' } },
      postal: { code: '3000' },
      location: { latitude: 47, longitude: 7, metro_code: 501, time_zone: 'Europe/Zurich' },
    },
    '203.0.113.0/24': {
      city: 'Berlin',
      region: 'Land Berlin',
      lat: '52.5',
      lng: '13.25',
      timezone: 'Europe/Berlin',
    },
  })
  const geo = geoOf([{ file: 'city.mmdb', bytes: cities }])
  expect(geo.details('192.0.2.7')).toEqual({
    city: 'Bern',
    region: 'Canton of Bern',
    continent: 'Europe',
    postalCode: '3000',
    metroCode: '501',
    timeZone: 'Europe/Zurich',
    latitude: 47,
    longitude: 7,
  })
  expect(geo.details('203.0.113.1')).toEqual({
    city: 'Berlin',
    region: 'Land Berlin',
    timeZone: 'Europe/Berlin',
    latitude: 52.5,
    longitude: 13.25,
  })
  expect(geo.details('10.0.0.1')).toEqual({})
})
