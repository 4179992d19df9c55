import type { JsonStep, Scalar } from '../../../plan/scalar.ts'
import {
  as,
  call,
  choose,
  coalesce,
  column,
  compare,
  known,
  nothing,
  number,
  text,
} from '../../../plan/scalars.ts'
import { filtered, jsonFilter } from './json-filter.ts'
import { jsonPath, printJsonPath } from './json-path.ts'

/** What a path of the `json` operator finds. */
export interface Reach {
  /** Not null if there is something, a JSON null too. */
  readonly there: Scalar
  readonly value: Scalar
}

/** Paths that `[0,2]` and the like stand for at most. */
const MOST = 100

/** What a path reaches in a JSON text; undefined if it is one that cannot be followed. */
export function reach(of: Scalar, written: string): Reach | undefined {
  const raw = written.replace(/\[\(\s*@\.length\s*-\s*(\d+)\s*\)\]/g, '[-$1]')
  const counted = /^(.*?)\.?\blength\(\)$/s.exec(raw)?.[1]
  if (counted !== undefined) return all(lengthOf(of, counted))
  const filter = jsonFilter(raw)
  if (filter !== undefined) return all(filtered(of, filter))
  if (/\[\??\(|\[[^\]'"]*:[^\]'"]*:/.test(raw)) return undefined
  const slice = /^([^:]*)\[(-?\d*):(-?\d*)\](.*)$/s.exec(raw.replace(/\['[^']*'\]/g, hidden))
  if (slice !== null) return all(sliced(of, raw, slice))
  const paths = alternatives(raw)
  if (paths === undefined) return undefined
  const [only = raw] = paths
  if (paths.length > 1) return all(jsonList(call('list_of', ...paths.map(path => reached(of, path)))))
  if (isMany(only)) return all(reached(of, only))
  const value: Scalar = { kind: 'json', of, path: jsonPath(only), type: 'text' }
  // A list without members reaches nothing, but is a value.
  return { there: coalesce(reached(of, only), value), value }
}

function all(value: Scalar): Reach {
  return { there: value, value }
}

/** Colons inside of a key are none of a slice. */
function hidden(key: string): string {
  return key.replaceAll(':', ' ')
}

function isMany(path: string): boolean {
  return /\.\.|\*/.test(path.replace(/\['[^']*'\]/g, ''))
}

/** What a path without choices reaches, as JSON; `.*` stands for members of objects and of lists. */
function reached(of: Scalar, path: string): Scalar {
  const at = (members: string) => call('json_reached', of, text(`$${pathText(path, members)}`))
  return /\.\*|^\*/.test(path) ? coalesce(at('.*'), at('[*]')) : at('.*')
}

const PARTS = /\['([^']*)'\]|\["([^"]*)"\]|\[(-?\d+)\]|\[\*\]|\.\.|\*|([^.[\]]+)|[.[\]]/g

function pathText(path: string, members: string): string {
  let text = ''
  for (const [found, single, double, index, key] of path.replace(/^\$/, '').matchAll(PARTS)) {
    const name = single ?? double ?? key
    if (found === '..') text += '..'
    else if (found === '*') text += text.endsWith('..') ? '*' : members
    else if (found === '[*]') text += '[*]'
    else if (index !== undefined) text += index.startsWith('-') ? `[#${index}]` : `[${index}]`
    else if (name !== undefined)
      text += `${text.endsWith('..') ? '' : '.'}"${name.replace(/["\\]/g, '\\$&')}"`
  }
  return text
}

/** `a[0,2].b` and `a['x','y']` as one path for each; undefined for too many. */
function alternatives(raw: string): readonly string[] | undefined {
  const choice = /\[((?:'[^']*'|-?\d+)(?:\s*,\s*(?:'[^']*'|-?\d+))+)\]/.exec(raw)
  if (choice === null) return [raw]
  const [whole, inside = ''] = choice
  const members = inside.match(/'[^']*'|-?\d+/g) ?? []
  const paths = members.flatMap(
    each =>
      alternatives(`${raw.slice(0, choice.index)}[${each}]${raw.slice(choice.index + whole.length)}`) ?? [],
  )
  return paths.length === 0 || paths.length > MOST ? undefined : paths
}

/** `a.length()`: how many members the list has. */
function lengthOf(of: Scalar, path: string): Scalar {
  const list: Scalar = { kind: 'json', of, path: jsonPath(path), type: 'text' }
  const members: Scalar = { kind: 'json', of, path: [...jsonPath(path), 'all'], type: 'list' }
  const isList = known(compare('eq', call('json_type', list), text('ARRAY'), { how: 'text' }))
  return as('text', choose(isList, coalesce(call('list_length', members), number(0)), nothing('number')))
}

const MEMBER = '$member'

/** `a[1:3].b`: from one place to before another, negative ones from the end. */
function sliced(of: Scalar, raw: string, [, before = '', from = '', to = '']: RegExpExecArray): Scalar {
  const after = raw.slice(raw.indexOf(']', before.length) + 1)
  const path: readonly JsonStep[] = [...jsonPath(raw.slice(0, before.length)), 'all']
  const members: Scalar = { kind: 'json', of, path, type: 'list' }
  const last = to === '' ? number(-1) : number(Number(to) - 1)
  const some = call('list_slice', members, number(Number(from)), last)
  const member = column(MEMBER, 'text')
  const body =
    after === ''
      ? call('json_value', member)
      : call('json_reached', member, text(printJsonPath(jsonPath(after))))
  return jsonList({ kind: 'each', how: 'map', of: some, name: MEMBER, body, type: 'list' })
}

function jsonList(values: Scalar): Scalar {
  return call('concat', text('['), call('list_join', values, text(',')), text(']'))
}
