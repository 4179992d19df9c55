/** An address in network byte order: 4 or 16 bytes. */
export interface Ip {
  readonly version: 4 | 6
  readonly bytes: Uint8Array
}

/** The addresses that share the first `prefix` bits. */
export interface IpNetwork extends Ip {
  readonly prefix: number
}

/**
 * Reads an address and nothing else: no port, host name, zone, brackets or spaces. An octet with a leading zero
 * (`075.050.255.67`) is no address, for readers disagree whether it is octal. IPv4-mapped IPv6 stays version 6.
 */
export function parseIp(text: string): Ip | undefined {
  if (text.length > LONGEST) return undefined
  const version = text.includes(':') ? 6 : 4
  const bytes = version === 6 ? sixteenBytes(text) : fourBytes(text)
  return bytes === undefined ? undefined : { version, bytes: Uint8Array.from(bytes) }
}

/** Reads `10.0.0.0/8` or `fe80::/10`; an address alone is a network of one. A text is the reason why it is none. */
export function parseNetwork(text: string): IpNetwork | string {
  const slash = text.indexOf('/')
  const ip = parseIp(slash < 0 ? text : text.slice(0, slash))
  if (ip === undefined) return 'it does not start with an IP address'
  const most = ip.version === 4 ? 32 : 128
  const length = slash < 0 ? String(most) : text.slice(slash + 1)
  if (!/^(0|[1-9]\d{0,2})$/.test(length) || Number(length) > most) {
    return `its prefix length is not a number from 0 to ${most}`
  }
  const network = { ...ip, prefix: Number(length) }
  return hostBits(network) ? 'it has bits set behind the prefix' : network
}

/** Is the address in the network? An address of the other version never is. */
export function inNetwork(ip: Ip, network: IpNetwork): boolean {
  if (ip.version !== network.version) return false
  const whole = network.prefix >> 3
  for (let index = 0; index < whole; index++) {
    if (ip.bytes[index] !== network.bytes[index]) return false
  }
  const rest = network.prefix & 7
  if (rest === 0) return true
  const shift = 8 - rest
  return (ip.bytes[whole] ?? 0) >> shift === (network.bytes[whole] ?? 0) >> shift
}

const LONGEST = 45

function fourBytes(text: string): readonly number[] | undefined {
  const octets: number[] = []
  let octet = -1
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    if (unit >= 0x30 && unit <= 0x39) {
      if (octet === 0) return undefined
      octet = Math.max(octet, 0) * 10 + unit - 0x30
      if (octet > 255) return undefined
    } else {
      if (unit !== DOT || octet < 0) return undefined
      octets.push(octet)
      octet = -1
    }
  }
  return octet >= 0 && octets.push(octet) === 4 ? octets : undefined
}

const DOT = 0x2e

function sixteenBytes(text: string): readonly number[] | undefined {
  const gap = text.indexOf('::')
  if (gap < 0) return exactly(groups(text, true), 16)
  if (text.includes('::', gap + 1)) return undefined
  const head = groups(text.slice(0, gap), false)
  const tail = groups(text.slice(gap + 2), true)
  if (head === undefined || tail === undefined || head.length + tail.length > 14) return undefined
  return [...head, ...new Array<number>(16 - head.length - tail.length).fill(0), ...tail]
}

/** Bytes of groups between single colons; only the last may be a dotted IPv4 address. */
function groups(text: string, last: boolean): readonly number[] | undefined {
  if (text === '') return []
  const parts = text.split(':')
  const bytes: number[] = []
  for (const [index, part] of parts.entries()) {
    const dotted = last && index === parts.length - 1 && part.includes('.')
    const read = dotted ? fourBytes(part) : twoBytes(part)
    if (read === undefined) return undefined
    bytes.push(...read)
  }
  return bytes
}

function twoBytes(part: string): readonly number[] | undefined {
  if (!/^[0-9a-f]{1,4}$/i.test(part)) return undefined
  const value = Number.parseInt(part, 16)
  return [value >> 8, value & 255]
}

function exactly(bytes: readonly number[] | undefined, length: number): readonly number[] | undefined {
  return bytes?.length === length ? bytes : undefined
}

function hostBits(network: IpNetwork): boolean {
  return network.bytes.some((byte, index) => {
    const kept = Math.max(0, Math.min(8, network.prefix - index * 8))
    return (byte & (255 >> kept)) !== 0
  })
}
