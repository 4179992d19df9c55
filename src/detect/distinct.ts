import type { Sweep, SweptHit } from '../engines/files/sweep.ts'

/** Each event once for each rule that it matches, unless copies are wanted. */
export function* distinctHits(swept: Sweep, keepDuplicates: boolean): Generator<SweptHit> {
  const conflicting = new Set<string>()
  for (const one of swept.hits()) {
    if (!keepDuplicates) {
      if (one.repeat) continue
      // Copies that differ are one event: a rule that matches several of them matches once.
      if (one.conflicting) {
        const key = `${one.hit.rule} ${one.id}`
        if (conflicting.has(key)) continue
        conflicting.add(key)
      }
    }
    yield one
  }
}
