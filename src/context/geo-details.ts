import type { GeoFacts } from '../plan/lowering.ts'

/** Where in its country an address is; what no database knows is missing. */
export type GeoDetails = Omit<GeoFacts, 'country' | 'countryCode' | 'asn' | 'organization'>

export type Fields = Readonly<Record<string, unknown>>

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null
}

/** What the first of the records that knows a thing says of it, in English. MaxMind and DB-IP nest it; IPinfo has it flat. */
export function detailsOf(records: readonly Fields[]): GeoDetails {
  const found = (...paths: readonly string[]): unknown =>
    records.flatMap(record => paths.map(path => reached(record, path))).find(isGiven)
  const text = (key: string, ...paths: readonly string[]) => {
    const value = found(...paths)
    return value === undefined ? {} : { [key]: String(value) }
  }
  const number = (key: string, ...paths: readonly string[]) => {
    const value = Number(found(...paths) ?? Number.NaN)
    return Number.isFinite(value) ? { [key]: value } : {}
  }
  return {
    ...text('city', 'city.names.en', 'city'),
    ...text('region', 'subdivisions.0.names.en', 'region'),
    ...text('continent', 'continent.names.en', 'continent_name'),
    ...text('postalCode', 'postal.code', 'postal_code'),
    ...text('metroCode', 'location.metro_code'),
    ...text('timeZone', 'location.time_zone', 'timezone'),
    ...number('latitude', 'location.latitude', 'latitude', 'lat'),
    ...number('longitude', 'location.longitude', 'longitude', 'lng'),
  }
}

function isGiven(value: unknown): boolean {
  return (typeof value === 'string' && value !== '') || typeof value === 'number'
}

function reached(record: Fields, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (value, key) => (isFields(value) && Object.hasOwn(value, key) ? value[key] : undefined),
      record,
    )
}
