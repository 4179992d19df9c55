import type { Hit } from '../../core/hit.ts'
import { HitPacker, unpackHits } from './hit-codec.ts'
import type { Packing } from './sorted-runs.ts'

/** Whole hits for the way to disk and back; each text once for all that are packed at once. */
export const hitPacking: Packing<Hit> = {
  pack(hits) {
    const packer = new HitPacker()
    for (const hit of hits) packer.add(hit, hit.evidence.record)
    return packer.take()
  },
  *unpack(bytes) {
    for (const { hit } of unpackHits(bytes)) yield hit
  },
}
