import { parseNetwork } from '../core/ip.ts'

/**
 * The first and last key of a network: 32 hexadecimal digits of the 16-byte form, in which an IPv4 address stands
 * behind `::ffff:`. Undefined if the text is no network.
 */
export function networkBounds(text: string): { readonly first: string; readonly last: string } | undefined {
  const network = parseNetwork(text)
  if (typeof network === 'string') return undefined
  const { version, bytes, prefix } = network
  const sixteen = version === 6 ? [...bytes] : [...MAPPED, ...bytes]
  const fixed = version === 6 ? prefix : prefix + 96
  const last = sixteen.map((byte, at) => byte | (0xff >> Math.min(8, Math.max(0, fixed - at * 8))))
  return { first: hex(sixteen), last: hex(last) }
}

const MAPPED: readonly number[] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff]

function hex(bytes: readonly number[]): string {
  return bytes.map(byte => byte.toString(16).padStart(2, '0')).join('')
}
