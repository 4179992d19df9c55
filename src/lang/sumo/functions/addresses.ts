import { networkBounds } from '../../../plan/network-bounds.ts'
import type { Scalar } from '../../../plan/scalar.ts'
import {
  both,
  call,
  column,
  compare,
  either,
  isNull,
  known,
  not,
  number,
  text,
} from '../../../plan/scalars.ts'
import { refuse } from '../lower/refuse.ts'
import { literalNumber, literalText, textOf } from '../lower/values.ts'
import { arg, type Call, define, type SumoFunction } from './function.ts'

const PRIVATE = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7']
/** RFC 5735. */
const RESERVED = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
]
const LOCAL = ['127.0.0.0/8', '169.254.0.0/16', 'fe80::/10', '::1/128']
const FOUR = '0.0.0.0/0'

/** Functions whose argument must be an address, or the row goes. */
export const OF_ADDRESS = /^is(?:private|public|reserved)ip$/i

/** A private address is one of RFC 1918 or 4193; a public one is none of those, of the machine itself or of its link. */
export const addresses: readonly SumoFunction[] = [
  define('isvalidip', [1, 1], args => isAddress(arg(args, 0))),
  define('isvalidipv4', [1, 1], args => inside(arg(args, 0), [FOUR])),
  define('isvalidipv6', [1, 1], args => both(isAddress(arg(args, 0)), not(inside(arg(args, 0), [FOUR])))),
  define('isprivateip', [1, 1], args => inside(arg(args, 0), PRIVATE)),
  define('ispublicip', [1, 1], args => outside(arg(args, 0), [...PRIVATE, ...LOCAL])),
  define('isreservedip', [1, 1], args => inside(arg(args, 0), RESERVED)),
  define('comparecidrprefix', [3, 3], compareCidr),
  define('getcidrprefix', [2, 2], (args, { at }) => network(arg(args, 0), prefixOf(arg(args, 1), at))),
  define('maskfromcidr', [1, 1], (args, { at }) => text(mask(prefixOf(arg(args, 0), at)))),
  define('ipv4tonumber', [1, 1], args => four(arg(args, 0))),
]

function isAddress(value: Scalar): Scalar {
  return not(isNull(call('ip_key', textOf(value))))
}

function inside(value: Scalar, networks: readonly string[]): Scalar {
  return keyed(value, key => either(...networks.map(network => within(key, network))))
}

function outside(value: Scalar, networks: readonly string[]): Scalar {
  return keyed(value, key => both(...networks.map(network => not(within(key, network)))))
}

/** Null if there is no key, for what is no address. */
function within(key: Scalar, network: string): Scalar {
  const bounds = networkBounds(network)
  if (bounds === undefined) throw new Error(`bug: ${network} is no network`)
  return both(
    compare('gte', key, text(bounds.first), { how: 'text' }),
    compare('lte', key, text(bounds.last), { how: 'text' }),
  )
}

/** A test on the key of an address, which is computed once as the only member of a list; false for what is no address. */
function keyed(value: Scalar, test: (key: Scalar) => Scalar): Scalar {
  const of = call('list_of', call('ip_key', textOf(value)))
  return known({ kind: 'each', how: 'any', of, name: KEY, body: test(column(KEY, 'text')), type: 'boolean' })
}

const KEY = '$key'

function four(value: Scalar): Scalar {
  const key = call('substring', call('ip_key', textOf(value)), number(25), number(8))
  return call('number_of_hexadecimal', key)
}

/** The address of the network that an IPv4 address is in, as a number. */
function networkNumber(value: Scalar, prefix: number): Scalar {
  const size = number(2 ** (32 - prefix))
  return call('multiply', call('floor', call('divide', four(value), size)), size)
}

function network(value: Scalar, prefix: number): Scalar {
  const start = networkNumber(value, prefix)
  const octets = [24, 16, 8, 0].map(shift =>
    call(
      'text_of_number',
      call('modulo', call('floor', call('divide', start, number(2 ** shift))), number(256)),
    ),
  )
  const [first = text(''), ...rest] = octets
  return call('concat', first, ...rest.flatMap(octet => [text('.'), octet]))
}

/** Are two addresses in the same network of that size? */
function compareCidr(args: readonly Scalar[], { at }: Call): Scalar {
  const prefix = prefixOf(arg(args, 2), at)
  const [first, second] = [arg(args, 0), arg(args, 1)]
  const network = networkText(literalText(first), prefix)
  if (network !== undefined) {
    return known({ kind: 'cidr', of: textOf(second), network: { text: network }, type: 'boolean' })
  }
  return known(compare('eq', networkNumber(first, prefix), networkNumber(second, prefix)))
}

/** The network of an address that stands in the query, as `10.0.0.0/8`. */
function networkText(address: string | undefined, prefix: number): string | undefined {
  if (address?.includes(':') === true) return `${address}/${prefix}`
  const octets = address?.split('.').map(Number) ?? []
  if (octets.length !== 4 || prefix > 32 || !octets.every(each => each >= 0 && each <= 255)) return undefined
  const bounds = mask(prefix).split('.').map(Number)
  return `${octets.map((octet, place) => octet & (bounds[place] ?? 0)).join('.')}/${prefix}`
}

function prefixOf(value: Scalar, at: Call['at']): number {
  const prefix = literalNumber(value)
  if (prefix !== undefined && prefix >= 0 && prefix <= 128 && Number.isInteger(prefix)) return prefix
  return refuse('prefix', 'the length of a network prefix must be a number from 0 to 128', at)
}

function mask(prefix: number): string {
  return [0, 8, 16, 24].map(bits => 256 - 2 ** (8 - Math.min(8, Math.max(0, prefix - bits)))).join('.')
}
