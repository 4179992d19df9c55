export type Kind = 'plain' | 'gzip' | 'zip' | 'zstd'

/** How bytes are packed, by how they begin and never by a name. */
export function kindOf(head: Buffer): Kind {
  if (head[0] === 0x1f && head[1] === 0x8b) return 'gzip'
  if (head.length < 4) return 'plain'
  const magic = head.readUInt32LE(0)
  if (magic === 0x04034b50 || magic === 0x06054b50 || magic === 0x08074b50) return 'zip'
  // The second is a skippable frame, with which parallel zstd begins.
  if (magic === 0xfd2fb528 || (magic & 0xfffffff0) >>> 0 === 0x184d2a50) return 'zstd'
  return 'plain'
}
