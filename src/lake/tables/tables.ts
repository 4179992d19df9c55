import { cloudtrailTable } from './cloudtrail.ts'
import type { LakeTable } from './table.ts'

const tables: readonly LakeTable[] = [cloudtrailTable]

/** How events of a source lie in the lake; a source without columns of its own has the envelope and the raw event. */
export function tableOf(source: string): LakeTable {
  return tables.find(table => table.source === source) ?? { source, promoted: [], parts: [] }
}
