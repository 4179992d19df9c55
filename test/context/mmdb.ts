/** Writes a small MMDB file, as its specification has it: a tree of 24-bit records over IPv6 bits, and values behind it. */
export function mmdb(type: string, networks: Readonly<Record<string, object>>): Buffer {
  const nodes: [number | Leaf, number | Leaf][] = [[EMPTY, EMPTY]]
  const values: Buffer[] = []
  let size = 0
  for (const [network, value] of Object.entries(networks)) {
    const encoded = encode(value)
    insert(nodes, bitsOf(network), { offset: size })
    values.push(encoded)
    size += encoded.length
  }
  const tree = Buffer.concat(nodes.map(pair => Buffer.concat(pair.map(one => record(one, nodes.length)))))
  const metadata = encode({
    binary_format_major_version: 2,
    binary_format_minor_version: 0,
    build_epoch: 1_700_000_000,
    database_type: type,
    description: { en: 'test' },
    ip_version: 6,
    languages: ['en'],
    node_count: nodes.length,
    record_size: 24,
  })
  const marker = Buffer.from('abcdef4d61784d696e642e636f6d', 'hex')
  return Buffer.concat([tree, Buffer.alloc(16), ...values, marker, metadata])
}

interface Leaf {
  readonly offset: number
}

/** Stands for "no value" until the number of nodes is known. */
const EMPTY = -1

/** `192.0.2.0/24` -> its 96 + 24 bits. */
function bitsOf(network: string): string {
  const [address = '', length = '32'] = network.split('/')
  const bits = address.split('.').map(octet => Number(octet).toString(2).padStart(8, '0'))
  return '0'.repeat(96) + bits.join('').slice(0, Number(length))
}

function insert(nodes: [number | Leaf, number | Leaf][], bits: string, leaf: Leaf): void {
  let node = nodes[0]
  ;[...bits].forEach((bit, place) => {
    const side = bit === '1' ? 1 : 0
    if (node === undefined) throw new Error('bug: no node')
    if (place === bits.length - 1) {
      node[side] = leaf
      return
    }
    let next = node[side]
    if (typeof next !== 'number' || next === EMPTY) {
      next = nodes.push([EMPTY, EMPTY]) - 1
      node[side] = next
    }
    node = nodes[next]
  })
}

function record(value: number | Leaf, nodes: number): Buffer {
  const number = typeof value !== 'number' ? nodes + 16 + value.offset : value === EMPTY ? nodes : value
  return Buffer.from([number >> 16, (number >> 8) & 255, number & 255])
}

function encode(value: unknown): Buffer {
  if (typeof value === 'string')
    return Buffer.concat([control(2, Buffer.byteLength(value)), Buffer.from(value)])
  if (typeof value === 'number') {
    const bytes = Buffer.alloc(4)
    bytes.writeUInt32BE(value)
    return Buffer.concat([control(6, 4), bytes])
  }
  if (Array.isArray(value)) return Buffer.concat([control(11, value.length), ...value.map(encode)])
  const entries = Object.entries(value as object)
  return Buffer.concat([
    control(7, entries.length),
    ...entries.flatMap(([key, one]) => [encode(key), encode(one)]),
  ])
}

/** Types beyond 7 have a byte of their own behind the size. */
function control(type: number, size: number): Buffer {
  const length = Math.min(size, 29)
  const more = size >= 29 ? [size - 29] : []
  return type > 7 ? Buffer.from([length, type - 7, ...more]) : Buffer.from([(type << 5) | length, ...more])
}
