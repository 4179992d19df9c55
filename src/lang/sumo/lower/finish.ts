import { type Pipeline, select } from '../../../plan/pipeline.ts'
import { column } from '../../../plan/scalars.ts'
import { type Flow, typesOf } from './flow.ts'

/** Fields of messages that say nothing beside the others. */
const INTERNAL = /^(?:_raw|_time|_source\w*|_collector\w*|_receipttime|_index|_view|_datatier|sourcetype)$/i

/** The rows as they are shown: of messages their time and fields, or their text if there are none. */
export function finished(flow: Flow): Pipeline {
  const types = typesOf(flow.rows.relation)
  const all = [...new Set([...flow.names.values()].flat())].filter(
    name => types.has(name) && !name.startsWith('$'),
  )
  const shown = flow.messages && flow.chosen !== true ? messageColumns(all) : all
  return select(
    flow.rows,
    shown.map(name => ({ name, value: column(name, types.get(name) ?? 'text') })),
  )
}

function messageColumns(all: readonly string[]): readonly string[] {
  const fields = all.filter(name => !INTERNAL.test(name) && name !== '_messageTime')
  const time = all.filter(name => name === '_messageTime')
  return [...time, ...(fields.length > 0 ? fields : all.filter(name => name === '_raw'))]
}
