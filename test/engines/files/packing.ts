import { crc32, deflateRawSync } from 'node:zlib'

/** How a test's zip entry differs from a sound deflated one. */
export interface ZipEntry {
  readonly name: string
  readonly content: Buffer
  readonly stored?: boolean
  readonly encrypted?: boolean
  readonly method?: number
  readonly crc?: number
  /** Checksum and sizes stand behind the data only. */
  readonly sizesFollow?: boolean
  /** Sizes stand in an extra field. */
  readonly wide?: boolean
}

/** A zip archive, made by hand so that it can be wrong. */
export function zip(entries: readonly ZipEntry[]): Buffer {
  const locals: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const entry of entries) {
    const name = Buffer.from(entry.name)
    const data = entry.stored ? entry.content : deflateRawSync(entry.content)
    const fields = Buffer.alloc(26)
    fields.writeUInt16LE(20, 0)
    fields.writeUInt16LE(0x800 | (entry.encrypted ? 1 : 0) | (entry.sizesFollow ? 8 : 0), 2)
    fields.writeUInt16LE(entry.method ?? (entry.stored ? 0 : 8), 4)
    fields.writeUInt32LE(entry.crc ?? crc32(entry.content), 10)
    fields.writeUInt32LE(data.length, 14)
    fields.writeUInt32LE(entry.content.length, 18)
    fields.writeUInt16LE(name.length, 22)
    const local = Buffer.from(fields)
    if (entry.sizesFollow) local.fill(0, 10, 22)
    if (entry.wide) local.fill(0xff, 14, 22)
    const extra = entry.wide ? wideSizes(entry.content.length, data.length) : Buffer.alloc(0)
    local.writeUInt16LE(extra.length, 24)
    const behind = entry.sizesFollow
      ? Buffer.concat([Buffer.from('PK\x07\x08', 'latin1'), fields.subarray(10, 22)])
      : Buffer.alloc(0)
    const rest = Buffer.alloc(14)
    rest.writeUInt32LE(offset, 10)
    directory.push(Buffer.from('PK\x01\x02\x14\x00', 'latin1'), fields, rest, name)
    locals.push(Buffer.from('PK\x03\x04', 'latin1'), local, name, extra, data, behind)
    offset += 4 + local.length + name.length + extra.length + data.length + behind.length
  }
  const listed = Buffer.concat(directory)
  return Buffer.concat([...locals, listed, zipEnd(entries.length, listed.length, offset)])
}

function wideSizes(unpacked: number, packed: number): Buffer {
  const extra = Buffer.alloc(20)
  extra.writeUInt16LE(1, 0)
  extra.writeUInt16LE(16, 2)
  extra.writeBigUInt64LE(BigInt(unpacked), 4)
  extra.writeBigUInt64LE(BigInt(packed), 12)
  return extra
}

function zipEnd(count: number, size: number, offset: number): Buffer {
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 0, 'latin1')
  end.writeUInt16LE(count, 8)
  end.writeUInt16LE(count, 10)
  end.writeUInt32LE(size, 12)
  end.writeUInt32LE(offset, 16)
  return end
}

export interface ZstdBlock {
  readonly type: 'raw' | 'repeat'
  readonly size: number
  readonly bytes: Buffer
}

/** A zstd frame of raw and repeated blocks (RFC 8878); Node 20 cannot make any. */
export function zstdFrame(blocks: readonly ZstdBlock[], windowDescriptor = 0x40): Buffer {
  const frame: Buffer[] = [Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x00, windowDescriptor])]
  blocks.forEach((block, index) => {
    const header = Buffer.alloc(3)
    const last = index === blocks.length - 1 ? 1 : 0
    header.writeUIntLE(last | ((block.type === 'raw' ? 0 : 1) << 1) | (block.size << 3), 0, 3)
    frame.push(header, block.bytes)
  })
  return Buffer.concat(frame)
}

/** A zstd frame that holds a content as it is. */
export function zstd(content: Buffer, blockSize = 60_000): Buffer {
  const blocks: ZstdBlock[] = []
  for (let at = 0; at < content.length || at === 0; at += blockSize) {
    const bytes = content.subarray(at, at + blockSize)
    blocks.push({ type: 'raw', size: bytes.length, bytes })
  }
  return zstdFrame(blocks)
}
