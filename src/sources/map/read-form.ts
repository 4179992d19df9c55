import type { Problems } from '../../core/diagnostic.ts'
import { nearest } from '../../core/nearest.ts'
import { get, type TreeMap } from '../../lang/sigma/tree.ts'
import { textsUnder, textUnder } from './map-values.ts'
import type { MapForm } from './source-map.ts'

const FORMS = ['json', 'csv', 'delimited', 'pairs', 'w3c']
const OF_LINES = ['columns', 'separator', 'comment']
const SEPARATORS: ReadonlyMap<string, string> = new Map([
  ['blank', 'blank'],
  ['tab', '\t'],
  ['comma', ','],
  ['semicolon', ';'],
  ['pipe', '|'],
])

/** How the records of a mapping stand in a file; `json` if it does not say. */
export function readForm(root: TreeMap, problems: Problems): MapForm | undefined {
  const name = textUnder(root, 'form', problems) ?? 'json'
  if (name !== 'delimited') {
    for (const key of OF_LINES)
      if (get(root, key) !== undefined)
        problems.error('source-map/form', `"${key}" is for the form "delimited"`, { at: get(root, key)?.at })
  }
  if (name === 'json' || name === 'csv' || name === 'pairs' || name === 'w3c') return { kind: name }
  if (name === 'delimited') return readDelimited(root, problems)
  const near = nearest(name, FORMS)
  problems.error('source-map/form', `there is no form "${name}"`, {
    at: get(root, 'form')?.at,
    help: near === undefined ? `they are ${FORMS.join(', ')}` : `did you mean "${near}"?`,
  })
  return undefined
}

function readDelimited(root: TreeMap, problems: Problems): MapForm | undefined {
  const columns = textsUnder(root, 'columns', problems)
  if (columns.length < 2 || new Set(columns).size < columns.length) {
    problems.error(
      'source-map/form',
      'delimited text needs the names of its columns, at least two, each another',
      {
        at: get(root, 'columns')?.at ?? root.at,
        help: 'write them in their order: columns: [time, user, url]',
      },
    )
    return undefined
  }
  const separator = readSeparator(root, problems)
  const comment = textUnder(root, 'comment', problems)
  if (separator === undefined) return undefined
  return { kind: 'delimited', columns, separator, ...(comment === undefined ? {} : { comment }) }
}

function readSeparator(root: TreeMap, problems: Problems): string | undefined {
  const name = textUnder(root, 'separator', problems) ?? 'blank'
  const separator = SEPARATORS.get(name) ?? name
  if (SEPARATORS.has(name) || (separator.length <= 4 && !/[\s"\w]/.test(separator))) return separator
  problems.error('source-map/form', `"${name}" separates no cells`, {
    at: get(root, 'separator')?.at,
    help: `write ${[...SEPARATORS.keys()].join(', ')}, or up to four signs`,
  })
  return undefined
}
