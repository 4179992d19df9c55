import { limit, sort } from '../../../plan/pipeline.ts'
import { column } from '../../../plan/scalars.ts'
import { type Context, type Flow, fieldValue, flowOf } from '../lower/flow.ts'
import { settingOf } from '../lower/setting-of.ts'
import { ALIKE, noteSubstitute, signatures } from '../lower/signature.ts'
import { fieldOption } from '../pieces.ts'
import { printBy, printName, printSettings } from '../print-parts.ts'
import { settings } from '../settings.ts'
import type { Stage } from '../syntax.ts'
import type { Operator } from './operator.ts'

/** `logreduce [(f) | field=f] [by a] [limit=20, criteria=leastcommon] [optimize]`: messages that differ only in words with digits are one signature. */
export const logreduce: Operator<'logreduce'> = {
  names: ['logreduce', 'summarize'],
  parse: (cursor, at) => {
    const { field = cursor.isSymbol('(') ? cursor.parenthesised(() => cursor.name()) : undefined } =
      fieldOption(cursor)
    const early = cursor.word('by') ? cursor.names() : []
    const given = settings(cursor, ['limit', 'criteria'])
    const by = cursor.word('by') ? cursor.names() : early
    // It only says that no new signatures are learned.
    cursor.word('optimize')
    return { op: 'logreduce', at, ...(field === undefined ? {} : { of: field }), by, settings: given }
  },
  print: ({ of, by, settings: given }) =>
    `logreduce${of === undefined ? '' : `(${printName(of)})`}${printBy(by)}${printSettings(given)}`,
  lower,
}

function lower({ of, by, settings: given, at }: Stage<'logreduce'>, flow: Flow, context: Context): Flow {
  noteSubstitute(context, 'logreduce', ALIKE, at)
  const keys = by.map(({ name, at: place }) => ({ name, value: fieldValue(flow, context, name, place) }))
  const { rows } = signatures(flow, context, { ...(of === undefined ? {} : { of }), keys })
  const rare = given.some(({ key, value }) => key === 'criteria' && /^leastcommon$/i.test(value.raw))
  const sorted = sort(rows, [{ value: column('_count', 'number'), descending: !rare }])
  const most = settingOf(given, 'limit', undefined, { least: 1, most: 1e6 })
  return flowOf(most === undefined ? sorted : limit(sorted, most), false)
}
