import type { Regex } from '../../../plan/expr.ts'
import type { Scalar } from '../../../plan/scalar.ts'
import { call, coalesce, nothing, text } from '../../../plan/scalars.ts'
import { extracted } from '../extracted.ts'
import { allThere, sourceOf, extracted as taken } from '../lower/extract.ts'
import type { Context, Flow } from '../lower/flow.ts'
import { xmlRegexes } from '../lower/xml-path.ts'
import { options } from '../options.ts'
import { fieldOption } from '../pieces.ts'
import { printExtracted, printField } from '../print-parts.ts'
import type { Stage } from '../syntax.ts'
import type { Operator } from './operator.ts'

/** `parse xml [field=f] "/event/@id" as id, … [nodrop]`. */
export const parseXml: Operator<'parse xml'> = {
  names: ['parse xml', 'xml'],
  parse: (cursor, at) => {
    const field = fieldOption(cursor)
    const items = extracted(cursor)
    const { nodrop } = options(cursor, ['nodrop'])
    return { op: 'parse xml', at, ...field, items, nodrop }
  },
  print: ({ field, items, nodrop }) =>
    `parse xml${printField(field)}${printExtracted(items)}${nodrop ? ' nodrop' : ''}`,
  lower,
}

function lower({ field, items, nodrop }: Stage<'parse xml'>, flow: Flow, context: Context): Flow {
  const of = sourceOf(field, flow, context)
  const fields = items.map(({ path, as }) => {
    const [first = nothing('text'), ...others] = xmlRegexes(path).map(regex => caught(of, regex))
    return { name: as?.name ?? path.raw, value: unescaped(coalesce(first, ...others)) }
  })
  return taken(flow, { matched: allThere(fields.map(({ value }) => value)), fields, nodrop })
}

function caught(of: Scalar, regex: Regex): Scalar {
  return { kind: 'capture', of, regex, group: 1, all: false, type: 'text' }
}

const ENTITIES = [
  ['&lt;', '<'],
  ['&gt;', '>'],
  ['&quot;', '"'],
  ['&apos;', "'"],
  ['&#39;', "'"],
  ['&amp;', '&'],
] as const

/** With the characters that entities stand for. */
function unescaped(value: Scalar): Scalar {
  return ENTITIES.reduce(
    (sofar, [entity, character]) => call('replace_text', sofar, text(entity), text(character)),
    value,
  )
}
