import type { Regex } from '../../../plan/expr.ts'
import type { Scalar } from '../../../plan/scalar.ts'
import { choose, coalesce, either, known, nothing, text } from '../../../plan/scalars.ts'
import type { Cursor } from '../cursor.ts'
import { readAnchor } from '../lower/anchor.ts'
import { extracted, sourceOf } from '../lower/extract.ts'
import type { Context, Flow } from '../lower/flow.ts'
import { options } from '../options.ts'
import { printField, printNames, printText } from '../print-parts.ts'
import type { Stage } from '../syntax.ts'
import type { Name, Text } from '../syntax-parts.ts'
import type { Operator } from './operator.ts'

/** `parse [field=f] "user=* from *" as user, place [, "id=*" as id] [nodrop]`: any of several patterns must match. */
export const parse: Operator<'parse'> = {
  names: ['parse'],
  parse: (cursor, at) => {
    cursor.word('anchor')
    const before = options(cursor, ['nodrop', 'noconvert'])
    const items = [item(cursor)]
    while (cursor.symbol(',')) items.push(item(cursor))
    const behind = options(cursor, ['nodrop', 'noconvert'])
    const field = before.field ?? behind.field
    const nodrop = before.nodrop || behind.nodrop
    return { op: 'parse', at, ...(field === undefined ? {} : { field }), items, nodrop }
  },
  print: ({ field, items, nodrop }) => {
    const listed = items.map(({ pattern, as }) => `${printText(pattern)} as ${printNames(as)}`).join(', ')
    return `parse${printField(field)} ${listed}${nodrop ? ' nodrop' : ''}`
  },
  lower,
}

function item(cursor: Cursor): { readonly pattern: Text; readonly as: readonly Name[] } {
  const pattern = cursor.text('the pattern between quotes')
  cursor.expectWord('as')
  return { pattern, as: cursor.parenthesised(() => cursor.names()) }
}

function lower({ field, items, nodrop }: Stage<'parse'>, flow: Flow, context: Context): Flow {
  const of = sourceOf(field, flow, context)
  const found = items.map(({ pattern, as }) => {
    const { regex } = readAnchor(pattern.raw)
    const matched: Scalar = known({ kind: 'search', of, regex: regex(-1), type: 'boolean' })
    const caught = as.map(({ name }, star) => ({ name, value: part(of, regex(star), matched) }))
    return { matched, caught }
  })
  const matched = either(...found.map(each => each.matched))
  return extracted(flow, { matched, fields: found.flatMap(({ caught }) => caught), nodrop })
}

/** What a star stood for, perhaps nothing; null if the pattern did not match. */
function part(of: Scalar, regex: Regex, matched: Scalar): Scalar {
  const caught: Scalar = { kind: 'capture', of, regex, group: 1, all: false, type: 'text' }
  return choose(matched, coalesce(caught, text('')), nothing('text'))
}
