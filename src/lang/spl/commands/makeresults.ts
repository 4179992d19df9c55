import type { Span } from '../../../core/diagnostic.ts'
import { isObject, type Json } from '../../../core/json.ts'
import { textOf } from '../../../core/text.ts'
import type { Pipeline } from '../../../plan/pipeline.ts'
import { column } from '../../../plan/scalars.ts'
import { type Command, printOptions } from '../command.ts'
import { refuse } from '../lower/context.ts'
import type { OptionTypes } from '../options.ts'
import { numberOf, optionOf } from '../options.ts'
import type { Option } from '../syntax/tree.ts'

const OPTIONS: OptionTypes = {
  count: 'number',
  annotate: 'boolean',
  splunk_server: 'text',
  splunk_server_group: 'text',
  format: ['csv', 'json'],
  data: 'text',
}

export const makeresults: Command<'makeresults'> = {
  names: ['makeresults'],
  generates: true,
  read: reader => {
    const options = reader.options(OPTIONS)
    reader.finish(OPTIONS)
    return { options }
  },
  lower: ({ options, at }, _, { environment }) => {
    if (optionOf(options, 'data') !== undefined) return given(options, at)
    const count = numberOf(options, 'count', 1)
    const rows = Array.from({ length: Math.min(count, MOST) }, () => [environment.now])
    if (count > MOST) refuse('spl/rows', `makeresults makes at most ${MOST} rows`, at)
    return { relation: { op: 'rows', columns: [{ name: '_time', type: 'number' }], rows }, order: [] }
  },
  print: ({ options }) => printOptions(options).trimEnd(),
}

const MOST = 10_000

/** Rows that the search itself holds, as CSV or JSON. */
function given(options: readonly Option[], at: Span): Pipeline {
  const data = optionOf(options, 'data') ?? ''
  const rows = optionOf(options, 'format')?.toLowerCase() === 'json' ? jsonRows(data) : csvRows(data)
  if (rows === undefined) return refuse('spl/data', 'the data of makeresults is no list of JSON objects', at)
  const names = [...new Set(rows.flatMap(row => [...row.keys()]))]
  const numbered = ['$row', ...names]
  return {
    relation: {
      op: 'rows',
      columns: numbered.map(name => ({ name, type: name === '$row' ? 'number' : 'text' })),
      rows: rows.map((row, place) => [place, ...names.map(name => row.get(name) ?? null)]),
    },
    order: [{ value: column('$row', 'number'), descending: false }],
  }
}

function csvRows(data: string): readonly ReadonlyMap<string, string>[] {
  const [header = '', ...lines] = data.split(/\r?\n/).filter(line => line.trim() !== '')
  const names = header.split(',').map(name => name.trim())
  return lines.map(
    line => new Map(line.split(',').map((value, at) => [names[at] ?? `column${at}`, value.trim()])),
  )
}

function jsonRows(data: string): readonly ReadonlyMap<string, string>[] | undefined {
  try {
    const rows = JSON.parse(data) as Json
    if (!Array.isArray(rows)) return undefined
    const objects = rows.filter(row => isObject(row))
    return objects.map(row => new Map(Object.entries(row).flatMap(([name, value]) => pair(name, value))))
  } catch {
    return undefined
  }
}

function pair(name: string, value: Json): readonly (readonly [string, string])[] {
  const text = textOf(value)
  return text === undefined ? [] : [[name, text]]
}
