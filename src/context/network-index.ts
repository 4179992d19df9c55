import { type Ip, parseIp, parseNetwork } from '../core/ip.ts'

/** Finds the networks that an address is in, the smallest first: one step for each length of prefix there is. */
export interface NetworkIndex<T> {
  find(ip: Ip): readonly T[]
}

/** Texts that are no networks are left out. */
export function networkIndex<T>(entries: Iterable<readonly [string, T]>): NetworkIndex<T> {
  /** Version and length of prefix -> bits of the prefix -> values. */
  const byLength = new Map<string, { readonly length: number; readonly byBits: Map<string, T[]> }>()
  for (const [text, value] of entries) {
    const network = parseNetwork(text)
    if (typeof network === 'string') continue
    const name = `${network.version}/${network.prefix}`
    const shelf = byLength.get(name) ?? { length: network.prefix, byBits: new Map<string, T[]>() }
    byLength.set(name, shelf)
    const bits = bitsOf(network.bytes, network.prefix)
    const there = shelf.byBits.get(bits)
    if (there === undefined) shelf.byBits.set(bits, [value])
    else there.push(value)
  }
  const shelves = [4, 6].map(version =>
    [...byLength]
      .filter(([name]) => name.startsWith(`${version}/`))
      .map(([, shelf]) => shelf)
      .sort((a, b) => b.length - a.length),
  )
  return {
    find: ip =>
      (shelves[ip.version === 4 ? 0 : 1] ?? []).flatMap(
        ({ length, byBits }) => byBits.get(bitsOf(ip.bytes, length)) ?? [],
      ),
  }
}

/** The first bits of an address, as a text that can be a key. */
function bitsOf(bytes: Uint8Array, length: number): string {
  const whole = length >> 3
  const rest = length & 7
  const start = String.fromCharCode(...bytes.subarray(0, whole))
  return rest === 0 ? start : start + String.fromCharCode((bytes[whole] ?? 0) >> (8 - rest))
}

/** Reads an address; an IPv4 address that is written as IPv6 (`::ffff:192.0.2.1`) is the IPv4 address. */
export function addressOf(text: string): Ip | undefined {
  const ip = parseIp(text)
  if (ip?.version !== 6) return ip
  const mapped = ip.bytes.every((byte, at) => at >= 12 || byte === (at < 10 ? 0 : 255))
  return mapped ? { version: 4, bytes: ip.bytes.subarray(12) } : ip
}
