import { group, limit, sort } from '../../../plan/pipeline.ts'
import type { Scalar } from '../../../plan/scalar.ts'
import { column } from '../../../plan/scalars.ts'
import { type Context, type Flow, fieldValue, flowOf } from '../lower/flow.ts'
import { settingOf } from '../lower/setting-of.ts'
import { textOf } from '../lower/values.ts'
import { printBy, printName, printSettings } from '../print-parts.ts'
import { settings } from '../settings.ts'
import type { Stage } from '../syntax.ts'
import type { Operator } from './operator.ts'

/** `logreduce [(f)] [by a] [limit=20]`: messages that differ only in words with digits are one signature. */
export const logreduce: Operator<'logreduce'> = {
  names: ['logreduce'],
  parse: (cursor, at) => {
    const of = cursor.isSymbol('(') ? { of: cursor.parenthesised(() => cursor.name()) } : {}
    const early = cursor.word('by') ? cursor.names() : []
    const given = settings(cursor, ['limit', 'criteria'])
    const by = cursor.word('by') ? cursor.names() : early
    return { op: 'logreduce', at, ...of, by, settings: given }
  },
  print: ({ of, by, settings: given }) =>
    `logreduce${of === undefined ? '' : `(${printName(of)})`}${printBy(by)}${printSettings(given)}`,
  lower,
}

/** A word that holds a digit, or stands between quotes. */
const VARIABLE = '"[^"]*"|[\\w.:@/-]*\\d[\\w.:@/-]*'

function lower({ of, by, settings: given, at }: Stage<'logreduce'>, flow: Flow, context: Context): Flow {
  context.environment.note({
    code: 'sumo/substitute',
    severity: 'warning',
    message:
      'how "logreduce" finds signatures is not published: messages that differ only in words with digits and in quoted texts are one here',
    at,
  })
  const text = textOf(fieldValue(flow, context, of?.name ?? '_raw', of?.at))
  const signature: Scalar = {
    kind: 'substitute',
    of: text,
    regex: { source: VARIABLE, caseless: false, multiline: false, dotall: true },
    by: '*',
    all: true,
    type: 'text',
  }
  const keys = by.map(({ name, at: place }) => ({ name, value: fieldValue(flow, context, name, place) }))
  const count = { name: '_count', fn: 'count_rows', type: 'number' } as const
  const rows = group(flow.rows, [...keys, { name: 'signature', value: signature }], [count])
  const sorted = sort(rows, [{ value: column('_count', 'number'), descending: true }])
  const most = settingOf(given, 'limit', undefined, { least: 1, most: 1e6 })
  return flowOf(most === undefined ? sorted : limit(sorted, most), false)
}
