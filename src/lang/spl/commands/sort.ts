import { limit as limitRows, sort as sortRows } from '../../../plan/pipeline.ts'
import { type Command, printName } from '../command.ts'
import { sortKeys } from '../lower/sort-keys.ts'
import type { Reader } from '../reader.ts'
import type { SortField } from '../syntax/tree.ts'

export const sort: Command<'sort'> = {
  names: ['sort'],
  read: reader => {
    reader.space()
    const count = reader.match(/(?:limit\s*=\s*)?(\d{1,9})(?=[\s,+-]|$)/iy)?.[1]
    const keys = readSortFields(reader)
    if (keys.length === 0) reader.unexpected('the name of a field is missing')
    const flipped = reader.keyword('d', 'desc') !== undefined
    if (!flipped) reader.keyword('a', 'asc')
    reader.finish()
    return { keys, flipped, ...(count === undefined ? {} : { limit: Number(count) }) }
  },
  lower: ({ limit, keys, flipped }, rows, context) => {
    const sorted = sortRows(rows, sortKeys(rows, keys, context, flipped))
    const count = limit ?? DEFAULT_LIMIT
    return count === 0 ? sorted : limitRows(sorted, count)
  },
  print: ({ limit, keys, flipped }) =>
    `${limit === undefined ? '' : `${limit} `}${printSortFields(keys)}${flipped ? ' desc' : ''}`,
}

/** Fields with `+` or `-` before them, which may stand apart. */
export function readSortFields(reader: Reader): readonly SortField[] {
  const found: SortField[] = []
  for (;;) {
    reader.separators()
    if (reader.done || reader.looksAt(/\w+\s*=/y)) return found
    if (found.length > 0 && reader.sees(['d', 'desc', 'a', 'asc'])) return found
    const sign = reader.match(/([-+])\s*/y)?.[1]
    const how = reader.match(/(auto|ip|num|str)\s*\(\s*/iy)?.[1]?.toLowerCase() ?? 'auto'
    const field = reader.name()
    if (reader.text[reader.at] === ')') reader.take(')')
    found.push({ field, descending: sign === '-', how: how as SortField['how'] })
  }
}

export function printSortFields(keys: readonly SortField[]): string {
  return keys
    .map(({ field, descending, how }) => {
      const name = printName(field)
      return `${descending ? '-' : '+'}${how === 'auto' ? name : `${how}(${name})`}`
    })
    .join(' ')
}

/** Rows that Splunk's sort keeps unless told otherwise; 0 is all. */
const DEFAULT_LIMIT = 10_000
