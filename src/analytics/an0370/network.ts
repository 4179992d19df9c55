import type { Geo } from '../../context/geo.ts'
import { parseIp } from '../../core/ip.ts'

/** Where a call comes from, as far as addresses and databases tell. */
export interface From {
  /** The /24 or /48 of the address, else the text that stands for it. */
  readonly network: string
  readonly asn?: number
  readonly country?: string
}

export function fromOf(geo: Geo, address: string | undefined): From {
  if (address === undefined || address === '') return { network: 'no address' }
  const { asn, country } = geo.place(address)
  return {
    network: networkOf(address),
    ...(asn.kind === 'known' ? { asn: asn.value } : {}),
    ...(country.kind === 'known' ? { country: country.value } : {}),
  }
}

function networkOf(address: string): string {
  const ip = parseIp(address)
  if (ip === undefined) return address
  if (ip.version === 4) return `${[...ip.bytes.slice(0, 3), 0].join('.')}/24`
  const groups = [0, 2, 4].map(at => (((ip.bytes[at] ?? 0) << 8) | (ip.bytes[at + 1] ?? 0)).toString(16))
  return `${groups.join(':')}::/48`
}
