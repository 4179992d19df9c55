import type { Source } from '../sources/source.ts'
import type { LakeFile, Manifest } from './manifest.ts'

/** Where a condition is pushed to. */
export interface PushTarget {
  readonly source: Source
  readonly files: readonly LakeFile[]
  readonly manifest: Manifest
}
