import type { Geo, Known } from '../../context/geo.ts'
import type { GeoFacts } from '../../plan/lowering.ts'

/** What the user's MMDB files say of an address; undefined if they say nothing. */
export function geoFacts(geo: Geo, address: string): GeoFacts | undefined {
  const place = geo.place(address)
  const [code, asn, organization] = [known(place.country), known(place.asn), known(place.organization)]
  const details = geo.details(address)
  const nothing = code === undefined && asn === undefined && organization === undefined
  if (nothing && Object.keys(details).length === 0) return undefined
  const country = code === undefined ? undefined : countryName(code)
  return {
    ...details,
    ...(code === undefined ? {} : { countryCode: code }),
    ...(country === undefined ? {} : { country }),
    ...(asn === undefined ? {} : { asn }),
    ...(organization === undefined ? {} : { organization }),
  }
}

/** Takes long to make, and few ask. */
let countries: Intl.DisplayNames | undefined

function countryName(code: string): string {
  countries ??= new Intl.DisplayNames(['en'], { type: 'region', fallback: 'code' })
  return countries.of(code) ?? code
}

function known<T>(fact: Known<T>): T | undefined {
  return fact.kind === 'known' ? fact.value : undefined
}
