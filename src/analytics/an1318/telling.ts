import type { World } from '../analytic.ts'
import type { Coverage } from './coverage.ts'
import type { Lineage } from './lineage.ts'
import type { Windows } from './windows.ts'

/** What a finding is told with, beside what it came to. */
export interface Telling {
  readonly world: World
  readonly lineage: Lineage
  readonly windows: Windows
  readonly tables: readonly string[]
  readonly coverage: Coverage
}
