import type { Lowering } from '../../../plan/lowering.ts'
import { select } from '../../../plan/pipeline.ts'
import { coalesce } from '../../../plan/scalars.ts'
import type { Cursor } from '../cursor.ts'
import { extracted } from '../extracted.ts'
import { allThere, sourceOf, extracted as taken } from '../lower/extract.ts'
import type { Context, Flow } from '../lower/flow.ts'
import { fieldOfKey, inferredKeys, inferredPattern, keyPattern } from '../lower/key-values.ts'
import { readRegex } from '../lower/regex-of.ts'
import { options } from '../options.ts'
import { printExtracted, printField, printSettings, printText } from '../print-parts.ts'
import { settings } from '../settings.ts'
import type { Stage } from '../syntax.ts'
import type { Extracted, Setting, Text } from '../syntax-parts.ts'
import type { Operator } from './operator.ts'

/** `kv [field=f] [infer | auto | regex "…"] [keys] "a", "b" [as x, y] [refonly] [nodrop]`, and the same as `keyvalue`. */
export const keyvalue: Operator<'keyvalue'> = {
  names: ['keyvalue', 'kv'],
  parse: (cursor, at) => {
    const before = options(cursor, ['nodrop'])
    const { how, pattern } = manner(cursor)
    const between = options(cursor, ['nodrop'])
    const given = [...delimiter(cursor), ...settings(cursor, ['keysdelim', 'valuesdelim', 'delim', 'field'])]
    const items = keys(cursor)
    const behind = options(cursor, ['nodrop', 'refonly'])
    const field = before.field ?? between.field ?? behind.field
    const nodrop = before.nodrop || between.nodrop || behind.nodrop
    return {
      op: 'keyvalue',
      at,
      ...(field === undefined ? {} : { field }),
      how,
      ...(pattern === undefined ? {} : { pattern }),
      settings: given,
      items,
      refonly: behind.flags.has('refonly'),
      nodrop,
    }
  },
  print: ({ field, how, pattern, settings: given, items, refonly, nodrop }) => {
    const manner = pattern === undefined ? how : `${how} ${printText(pattern)}`
    const listed = items.length === 0 ? '' : ` keys${printExtracted(items)}`
    return `keyvalue${printField(field)} ${manner}${printSettings(given)}${listed}${refonly ? ' refonly' : ''}${nodrop ? ' nodrop' : ''}`
  },
  lower,
}

function manner(cursor: Cursor): { readonly how: 'infer' | 'regex' | 'auto'; readonly pattern?: Text } {
  if (cursor.word('auto')) return { how: 'auto' }
  if (cursor.word('regex')) return { how: 'regex', pattern: cursor.text() }
  cursor.word('infer')
  return { how: 'infer' }
}

/** `delim ":"`, also without its equals sign. */
function delimiter(cursor: Cursor): readonly Setting[] {
  if (!cursor.isWord('delim') || cursor.peekSecond().kind !== 'text') return []
  cursor.next()
  return [{ key: 'delim', value: cursor.text() }]
}

function keys(cursor: Cursor): readonly Extracted[] {
  cursor.word('keys')
  return cursor.peek().kind === 'text' ? extracted(cursor) : []
}

/** Messages that are looked at for their keys, and keys that become fields. */
const SAMPLE = 1000
const MOST = 100

function* lower(stage: Stage<'keyvalue'>, flow: Flow, context: Context): Lowering<Flow> {
  const { field, how, pattern, settings: given, items, refonly, nodrop } = stage
  const of = sourceOf(field, flow, context)
  const keys = items.map(({ path, as }) => ({ key: path.raw, name: as?.name ?? fieldOfKey(path.raw) }))
  const delimiter = given.find(({ key }) => key.endsWith('delim'))?.value.raw
  if ((how === 'auto' && !refonly) || keys.length === 0) {
    const sample = select(flow.rows, [{ name: 'text', value: of }])
    const { rows } = yield { relation: sample.relation, limit: SAMPLE, why: 'the keys of the messages' }
    const found = inferredKeys(
      rows.map(row => row['text']),
      delimiter,
    ).slice(0, MOST)
    keys.push(...found.map(key => ({ key, name: fieldOfKey(key) })))
  }
  const fields = keys.map(({ key, name }) => {
    const source =
      how === 'regex' && pattern !== undefined
        ? keyPattern(key, pattern.raw)
        : inferredPattern(key, delimiter)
    const { capture, groups } = readRegex(source, stage.at)
    const [first, ...others] = (groups.get('value') ?? [1]).map(group => capture(of, group))
    if (first === undefined) throw new Error('bug: a pattern without a value')
    return { name, value: coalesce(first, ...others) }
  })
  const all = how === 'auto' || nodrop
  return taken(flow, { matched: allThere(fields.map(({ value }) => value)), fields, nodrop: all })
}
