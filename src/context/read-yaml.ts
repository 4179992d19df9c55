import { isMap, isScalar, isSeq, type Pair, parseDocument, type Scalar } from 'yaml'
import type { Span } from '../core/diagnostic.ts'
import { type Places, placesIn } from '../core/places.ts'
import { limits } from './limits.ts'
import type { RawCell, RawRow, RawTable, RawValue, Reading } from './raw.ts'

/**
 * Reads a YAML list of maps: one row a map, whose values are texts, numbers or lists of them. Everything stays the
 * text that was written, so that no leading zero of an account is lost. Anchors, tags and deeper nesting are refused.
 */
export function readYaml({ text, problems }: Omit<Reading, 'columns'>): RawTable {
  const places = placesIn(text)
  if (text.length > limits.yaml) {
    problems.error('context/file-size', `a file of ${text.length} characters is too large`, {
      help: `the limit is ${limits.yaml} characters of YAML; write the table as CSV`,
    })
    return NOTHING
  }
  // A column that stands twice is refused with its row.
  const document = parseDocument(text, { prettyErrors: false, uniqueKeys: false, logLevel: 'error' })
  for (const { message, pos } of document.errors.slice(0, 5))
    problems.error('context/yaml', `YAML: ${message}`, {
      at: places(pos[0], pos[1]),
      help: 'no row of the file is read before it is mended',
    })
  const { contents } = document
  if (document.errors.length > 0 || contents === null || isEmpty(contents)) return NOTHING
  if (!isSeq(contents)) {
    problems.error('context/shape', 'the file is not a list of rows', {
      at: spanOf(contents, places),
      help: 'begin each row with "- ", such as "- id: 111122223333"',
    })
    return NOTHING
  }
  const rows = contents.items.flatMap(item => readRow(item, { places, problems }) ?? [])
  return { rows, broken: contents.items.length - rows.length }
}

const NOTHING: RawTable = { rows: [], broken: 0 }

interface RowReading extends Pick<Reading, 'problems'> {
  readonly places: Places
}

function readRow(item: unknown, reading: RowReading): RawRow | undefined {
  const at = spanOf(item, reading.places)
  if (!isMap(item)) {
    reading.problems.error('context/shape', 'a row is not a map of columns to values', {
      at,
      help: 'write "- column: value", and the other columns below it',
    })
    return undefined
  }
  const cells = item.items.map(pair => readPair(pair, reading))
  if (cells.includes('refused')) return undefined
  const first = cells.find(cell => cell !== 'empty' && cell !== 'refused')
  return {
    at: first === undefined || typeof first === 'string' ? at : first.columnAt,
    cells: cells.filter(isCell),
  }
}

function isCell(cell: RawCell | 'empty' | 'refused'): cell is RawCell {
  return typeof cell !== 'string'
}

function readPair(pair: Pair, { places, problems }: RowReading): RawCell | 'empty' | 'refused' {
  const columnAt = spanOf(pair.key, places)
  if (!isScalar(pair.key) || typeof pair.key.value !== 'string') {
    problems.error('context/shape', 'the name of a column is not a plain name', { at: columnAt })
    return 'refused'
  }
  const items: readonly unknown[] = isSeq(pair.value) ? pair.value.items : [pair.value]
  const values: RawValue[] = []
  for (const item of items) {
    if (item === null || (isScalar(item) && item.value === null)) continue
    if (!isScalar(item) || hasTag(item)) {
      problems.error('context/shape', `"${pair.key.value}" is neither a value nor a list of values`, {
        at: spanOf(item, places),
        help: 'anchors, aliases, tags and maps inside a row are not read here; write the value out',
      })
      return 'refused'
    }
    const text = written(item)
    if (text !== '') values.push({ text, at: spanOf(item, places) })
  }
  return values.length === 0 ? 'empty' : { column: pair.key.value, columnAt, values }
}

/** The text of a scalar: of a number as it was written. */
function written(node: Scalar): string {
  return (typeof node.value === 'string' ? node.value : (node.source ?? String(node.value))).trim()
}

function hasTag(node: Scalar): boolean {
  return node.anchor !== undefined || node.tag?.startsWith('!') === true
}

function isEmpty(contents: unknown): boolean {
  return isScalar(contents) && contents.value === null
}

function spanOf(node: unknown, places: Places): Span {
  const range = typeof node === 'object' && node !== null && 'range' in node ? node.range : undefined
  if (!Array.isArray(range)) return places(0, 1)
  const [start, end] = range as readonly number[]
  return places(start ?? 0, end ?? 1)
}
