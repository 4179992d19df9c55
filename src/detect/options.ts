import type { Hit } from '../core/hit.ts'
import type { InputFile } from '../engines/files/list.ts'
import type { LoadedRules } from '../rules/load.ts'
import type { Selection } from '../rules/select.ts'
import type { Limits } from './inputs.ts'

export interface HuntOptions extends Limits {
  readonly inputs: readonly string[]
  readonly rules: LoadedRules
  readonly selection: Selection
  readonly threads: number
  /** Write and count the copies of an event too. */
  readonly keepDuplicates: boolean
  /** A refused rule counts as a loss. */
  readonly strict: boolean
  readonly profile: boolean
  /** Set its first element to end the hunt with what was found so far. */
  readonly stop: Int32Array
  readonly watch: HuntWatch
}

/** Who watches a hunt while it goes on. */
export interface HuntWatch {
  begin(files: readonly InputFile[], rules: number): void
  /** Bytes unpacked since the last time. */
  progress(bytes: number): void
  fileDone(file: { readonly bytes: number; readonly events: number }): void
  /** Each match, by file, record and rule. */
  hit(rule: string, hit: Hit): void
}
