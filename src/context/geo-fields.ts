import type { Json, JsonObject } from '../core/json.ts'
import { field } from '../plan/expr.ts'
import { reader } from '../scan/read.ts'
import { type Geo, type Known, openGeoFiles } from './geo.ts'

/** Names, of ECS, under which rules may ask where the address of an event's source is. */
export const GEO_FIELDS = [
  'source.geo.country_iso_code',
  'source.as.number',
  'source.as.organization.name',
] as const

const names: ReadonlySet<string> = new Set(GEO_FIELDS)

/** Is it a field that the event's log does not have, but a database of addresses? */
export function isGeoField(name: string): boolean {
  return names.has(name)
}

/** What the databases say of an address, by field; what they do not know is missing. */
export type GeoValues = ReadonlyMap<string, Json>

const NOTHING: GeoValues = new Map()
/** Addresses remembered. */
const MOST = 50_000

/** Says of addresses what databases know of them, and remembers it. */
export class GeoLookup {
  private readonly geo: Geo
  private readonly known = new Map<string, GeoValues>()

  /** @param files paths of MMDB files */
  constructor(files: readonly string[]) {
    this.geo = openGeoFiles(files)
  }

  of(address: string | undefined): GeoValues {
    if (address === undefined) return NOTHING
    const before = this.known.get(address)
    if (before !== undefined) return before
    if (this.known.size >= MOST) this.known.clear()
    const found = geoValues(this.geo, address)
    this.known.set(address, found)
    return found
  }
}

/** The same of one address. */
export function geoValues(geo: Geo, address: string): GeoValues {
  const { country, asn, organization } = geo.place(address)
  const [first, second, third] = GEO_FIELDS
  return new Map<string, Json>([
    ...entry(first, country),
    ...entry(second, asn),
    ...entry(third, organization),
  ])
}

/** The event with what is known of its address; what it says itself of a place stays. */
export function withGeo(record: JsonObject, values: GeoValues): JsonObject {
  const missing = [...values].filter(([name]) => !reader(field(name))(record, () => true))
  return missing.length === 0 ? record : { ...record, ...Object.fromEntries(missing) }
}

function entry(name: string, fact: Known<Json>): readonly (readonly [string, Json])[] {
  return fact.kind === 'known' ? [[name, fact.value]] : []
}
