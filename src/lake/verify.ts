import { pathOf, visibleDamage } from './damage.ts'
import type { LakeFile, Manifest } from './manifest.ts'
import { sha256Of } from './sha256.ts'

/** What was found of the files of a lake. */
export interface Verified {
  /** Files whose every byte is as it was written. */
  readonly sound: number
  /** Paths of files that are not what was written, and why. */
  readonly damaged: ReadonlyMap<string, string>
  /** Files of which only size and end are known: what wrote them kept no digests. */
  readonly unsure: number
  readonly interrupted: boolean
}

/** Reads every file of a lake to its end. Ends early, between files, if the first element of `stop` is set. */
export async function verify(lake: string, { files }: Manifest, stop: Int32Array): Promise<Verified> {
  const damaged = new Map<string, string>()
  let sound = 0
  let unsure = 0
  for (const file of files) {
    if (Atomics.load(stop, 0) !== 0) return { sound, damaged, unsure, interrupted: true }
    const reason = await difference(lake, file)
    if (reason !== undefined) damaged.set(pathOf(lake, file), reason)
    else if (file.sha256 === undefined) unsure++
    else sound++
  }
  return { sound, damaged, unsure, interrupted: false }
}

/** Why a file is not what was written, as far as the manifest tells; undefined if it is. */
export async function difference(lake: string, file: LakeFile): Promise<string | undefined> {
  const path = pathOf(lake, file)
  const reason = visibleDamage(path, file)
  if (reason !== undefined || file.sha256 === undefined) return reason
  return (await sha256Of(path)) === file.sha256 ? undefined : 'its bytes are not those that were written'
}
