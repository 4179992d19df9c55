import type { JsonStep, Scalar } from '../../../plan/scalar.ts'
import { call, column, text } from '../../../plan/scalars.ts'
import { extracted } from '../extracted.ts'
import { allThere, sourceOf, extracted as taken } from '../lower/extract.ts'
import { assign, type Context, type Flow } from '../lower/flow.ts'
import { filtered, jsonFilter } from '../lower/json-filter.ts'
import { jsonOf } from '../lower/json-of.ts'
import { jsonPath, printJsonPath } from '../lower/json-path.ts'
import { options } from '../options.ts'
import { printExtracted, printField } from '../print-parts.ts'
import type { Stage } from '../syntax.ts'
import { readJsonAuto } from './json-auto.ts'
import type { Operator } from './operator.ts'

/** `json [field=f] "a.b", "c[0]" as x, y [nodrop]`. */
export const json: Operator<'json'> = {
  names: ['json'],
  parse: (cursor, at) => {
    const before = options(cursor, ['nodrop'])
    if (cursor.word('auto')) return readJsonAuto(cursor, at, before)
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
  const found = items.map(({ path, as }) => {
    const filter = jsonFilter(path.raw)
    if (filter !== undefined) {
      const value = filtered(of, filter)
      return { name: as?.name ?? path.raw, reached: value, value }
    }
    const steps = jsonPath(path.raw)
    const reached = call('json_reached', of, text(printJsonPath(steps)))
    return { name: as?.name ?? path.raw, reached, value: valueAt(of, steps, reached) }
  })
  const { parsed: _, ...rest } = parsed
  const { parsed: __, ...done } = taken(rest, {
    matched: allThere(found.map(({ reached }) => reached)),
    fields: found.map(({ name, value }) => ({ name, value })),
    nodrop,
  })
  return done
}

const JSON_TEXT = '$json'

/** Many values are a JSON list. */
function valueAt(of: Scalar, path: readonly JsonStep[], reached: Scalar): Scalar {
  return path.includes('all') ? reached : { kind: 'json', of, path, type: 'text' }
}
