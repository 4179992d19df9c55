import type { Problems } from '../../core/diagnostic.ts'
import { nearest } from '../../core/nearest.ts'
import { get, type TreeMap } from '../../lang/sigma/tree.ts'
import { sources } from '../sources.ts'
import { checkKeys, textUnder } from './map-values.ts'
import type { SourceMap } from './source-map.ts'

const KEYS = [
  ...['id', 'title', 'description', 'reads_as', 'form', 'columns', 'separator', 'comment', 'records'],
  'recognise',
]

/** The log of ours whose records the mapping only says how to find; `undefined` if it describes a log of its own. */
export function readKnownLog(root: TreeMap, problems: Problems): string | undefined {
  const tree = get(root, 'reads_as')
  if (tree === undefined) return undefined
  checkKeys(root, KEYS, 'a mapping with "reads_as"', problems)
  const id = textUnder(root, 'reads_as', problems) ?? ''
  const ids = sources.map(source => source.id)
  if (ids.includes(id)) return id
  const near = nearest(id, ids)
  problems.error('source-map/reads-as', `there is no log source "${id}"`, {
    at: tree.at,
    help: near === undefined ? `they are ${ids.join(', ')}` : `did you mean "${near}"?`,
  })
  return undefined
}

/** What the mapping of a log of ours says itself; the log brings the rest. */
export function knownLogMap(
  of: Pick<SourceMap, 'id' | 'title' | 'form' | 'records' | 'recognise'> & { readonly readsAs: string },
): SourceMap {
  return {
    ...of,
    logsource: { products: [], services: [], categories: [] },
    fields: [],
    event: {},
    resources: [],
    sourcetypes: [],
    sourceCategories: [],
  }
}
