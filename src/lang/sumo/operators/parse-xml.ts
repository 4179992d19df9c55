import type { Scalar } from '../../../plan/scalar.ts'
import { call, text } from '../../../plan/scalars.ts'
import { extracted } from '../extracted.ts'
import { allThere, sourceOf, extracted as taken } from '../lower/extract.ts'
import type { Context, Flow } from '../lower/flow.ts'
import { xmlRegex } from '../lower/xml-path.ts'
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
    const found: Scalar = { kind: 'capture', of, regex: xmlRegex(path), group: 1, all: false, type: 'text' }
    return { name: as?.name ?? path.raw, value: unescaped(found) }
  })
  return taken(flow, { matched: allThere(fields.map(({ value }) => value)), fields, nodrop })
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
