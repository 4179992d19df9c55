import { column } from '../../../plan/scalars.ts'
import { extracted } from '../extracted.ts'
import { allThere, sourceOf, extracted as taken } from '../lower/extract.ts'
import { assign, type Context, type Flow } from '../lower/flow.ts'
import { jsonOf } from '../lower/json-of.ts'
import { reach } from '../lower/json-reach.ts'
import { refuse } from '../lower/refuse.ts'
import { options } from '../options.ts'
import { printExtracted, printField } from '../print-parts.ts'
import type { Stage } from '../syntax.ts'
import { readJsonAuto } from './json-auto.ts'
import type { Operator } from './operator.ts'

/** `json [field=f] [keys] "a.b", "c[0]" as x, y [nodrop]`. */
export const json: Operator<'json'> = {
  names: ['json'],
  parse: (cursor, at) => {
    const before = options(cursor, ['nodrop'])
    if (cursor.word('auto')) return readJsonAuto(cursor, at, before)
    cursor.word('keys')
    const items = extracted(cursor)
    const behind = options(cursor, ['nodrop'])
    const field = before.field ?? behind.field
    const nodrop = before.nodrop || behind.nodrop
    return { op: 'json', at, ...(field === undefined ? {} : { field }), items, nodrop }
  },
  print: ({ field, items, nodrop }) =>
    `json${printField(field)}${printExtracted(items)}${nodrop ? ' nodrop' : ''}`,
  lower,
}

function lower({ field, items, nodrop }: Stage<'json'>, flow: Flow, context: Context): Flow {
  const parsed = assign(flow, [{ name: JSON_TEXT, value: jsonOf(sourceOf(field, flow, context)) }])
  const of = column(JSON_TEXT, 'text')
  const found = items.map(({ path, as }) => ({
    name: as?.name ?? path.raw,
    ...(reach(of, path.raw) ?? refuse('unsupported-path', `the path "${path.raw}" cannot be run`, path.at)),
  }))
  const { parsed: _, ...rest } = parsed
  const { parsed: __, ...done } = taken(rest, {
    matched: allThere(found.map(({ there }) => there)),
    fields: found.map(({ name, value }) => ({ name, value })),
    nodrop,
  })
  return done
}

const JSON_TEXT = '$json'
