import type { Scalar } from '../../../plan/scalar.ts'
import { both, call, choose, coalesce, column, isNull, not, nothing, text } from '../../../plan/scalars.ts'
import { extracted } from '../extracted.ts'
import { allThere, sourceOf, extracted as taken } from '../lower/extract.ts'
import { assign, type Context, type Flow } from '../lower/flow.ts'
import { jsonOf } from '../lower/json-of.ts'
import { jsonPath } from '../lower/json-path.ts'
import { type Reach, reach } from '../lower/json-reach.ts'
import { refuse } from '../lower/refuse.ts'
import { options } from '../options.ts'
import { printExtracted, printField } from '../print-parts.ts'
import type { Stage } from '../syntax.ts'
import type { Text } from '../syntax-parts.ts'
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
  const ofMessage = field === undefined || /^_raw$/i.test(field.name)
  const found = items.map(({ path, as }) => ({
    name: as?.name ?? path.raw,
    ...(context.strict || !ofMessage ? reached(of, path) : delivered(of, path)),
  }))
  const { parsed: _, ...rest } = parsed
  const { parsed: __, ...done } = taken(rest, {
    matched: allThere(found.map(({ there }) => there)),
    fields: found.map(({ name, value }) => ({ name, value })),
    nodrop,
  })
  return done
}

function reached(of: Scalar, { raw, at }: Text): Reach {
  return reach(of, raw) ?? refuse('unsupported-path', `the path "${raw}" cannot be run`, at)
}

/** Where Pub/Sub puts an entry of Google's logs before Sumo Logic gets it. */
const PUB_SUB = /^(?:\$\.)?message\.data\./

/** Where an activity of Google Workspace has its events, of which each is a message here. */
const EVENTS = /^(?:\$\.)?events(?=$|[.[])/

/** The same, also of an entry that Pub/Sub did not deliver, and of an event without its activity. */
function delivered(of: Scalar, path: Text): Reach {
  const own = reached(of, path)
  const other = otherwise(of, path)
  if (other === undefined) return own
  return {
    there: coalesce(own.there, other.there),
    value: choose(isNull(own.there), other.value, own.value),
  }
}

function otherwise(of: Scalar, path: Text): Reach | undefined {
  if (PUB_SUB.test(path.raw)) return reached(of, { ...path, raw: path.raw.replace(PUB_SUB, '') })
  return EVENTS.test(path.raw) ? reached(activity(of), path) : undefined
}

function activity(of: Scalar): Scalar {
  const at = (path: string): Scalar => ({ kind: 'json', of, path: jsonPath(path), type: 'text' })
  const whole = call('concat', text('{"events":['), at('event'), text(']}'))
  const is = both(not(isNull(at('event'))), not(isNull(at('id.applicationName'))))
  return choose(is, whole, nothing('text'))
}

const JSON_TEXT = '$json'
