import type { Analytic } from '../analytics/analytic.ts'
import type { Hit } from '../core/hit.ts'
import type { InputFile } from '../engines/files/list.ts'
import type { LoadedRules } from '../rules/load.ts'
import type { Selection } from '../rules/select.ts'
import type { SourceMap } from '../sources/map/source-map.ts'
import type { Limits } from './inputs.ts'
import type { Knowledge } from './knowledge.ts'
import type { SearchHunt } from './searches/plan.ts'

/** What every scan of logs wants to know. */
export interface ScanOptions extends Limits {
  readonly inputs: readonly string[]
  readonly threads: number
  /** Logs that mappings describe; none if not given. */
  readonly maps?: readonly SourceMap[]
  /** Set its first element to end the scan with what was found so far. */
  readonly stop: Int32Array
  readonly watch: ScanWatch
}

export interface HuntOptions extends ScanOptions {
  readonly rules: LoadedRules
  /** What rules cannot say; none if not given. */
  readonly analytics?: readonly Analytic[]
  /** Rules that hold searches; none if not given. */
  readonly searches?: SearchHunt
  readonly selection: Selection
  /** Write and count the copies of an event too. */
  readonly keepDuplicates: boolean
  /** A refused rule counts as a loss. */
  readonly strict: boolean
  readonly profile: boolean
  /** What is known besides the logs. */
  readonly knowledge?: Knowledge
  readonly watch: HuntWatch
}

/** Who watches a scan while it goes on. */
export interface ScanWatch {
  begin(files: readonly InputFile[], rules: number): void
  /** Bytes unpacked and events found since the last time. */
  progress(bytes: number, events: number): void
  fileDone(file: { readonly bytes: number; readonly unpacked: number; readonly events: number }): void
}

/** Who watches a hunt. */
export interface HuntWatch extends ScanWatch {
  /** Each match, by file, record and rule. Absent if nobody wants to see them all: some then need not be made. */
  readonly hit?: (rule: string, hit: Hit) => void
  /** Each event that a detection of a rule that remembers is made of, with the rule's id. */
  readonly part?: (rule: string, hit: Hit) => void
}
