import { extend, type Pipeline } from '../../../plan/pipeline.ts'
import { regex as plainRegex } from '../../../plan/regex.ts'
import type { Named } from '../../../plan/relation.ts'
import type { Scalar } from '../../../plan/scalar.ts'
import { as, call, choose, column, isNull, not, number, text } from '../../../plan/scalars.ts'
import { numberOf, optionOf } from '../options.ts'
import type { Stages } from '../syntax/tree.ts'
import { type Context, fieldOf, maybe, refuse } from './context.ts'
import { chosen } from './functions/conditions.ts'
import { namedGroups, regexOf, soughtOf } from './regexes.ts'
import { eachText } from './values.ts'

/** What `rex` does: each named group becomes a field; where nothing matches, a field keeps its value. */
export function extracted(stage: Stages['rex'], rows: Pipeline, context: Context): Pipeline {
  const { pattern, options, at } = stage
  const name = optionOf(options, 'field') ?? '_raw'
  const of = fieldOf(rows, { name, at }, context)
  if (optionOf(options, 'mode') !== undefined)
    return extend(rows, [{ name, value: edited(of, pattern, stage) }])
  const groups = namedGroups(pattern)
  if (groups.length === 0) {
    return refuse('spl/regex', 'the regular expression of rex names no group', at, 'name one: (?<field>…)')
  }
  const { regex, where } = soughtOf(pattern, at, { multiline: of.type === 'list' })
  const condition = where(as('text', of))
  const most = numberOf(options, 'max_match', 1)
  const columns = groups.map(({ name: field, group }): Named => {
    const all = most !== 1
    const found: Scalar = {
      kind: 'capture',
      of: as('text', of),
      regex,
      group,
      all,
      type: all ? 'list' : 'text',
    }
    const some = most > 1 ? call('list_slice', found, number(0), number(most - 1)) : found
    const value = condition === undefined ? some : choose(condition, some)
    return { name: field, value: chosen([[not(isNull(value)), value]], maybe(rows, field)) }
  })
  const place = optionOf(options, 'offset_field')
  const first = groups[0]
  const offsets =
    place === undefined || first === undefined ? [] : [{ name: place, value: offset(of, first.name) }]
  return extend(extend(rows, columns), offsets)
}

/** `field=first-last`, counted from 0, of the first group. */
function offset(of: Scalar, name: string): Scalar {
  const found = column(name, 'text')
  const start = call('subtract', call('place_of', as('text', of), found), number(1))
  const end = call('subtract', call('add', start, call('length', found)), number(1))
  return call('concat', text(`${name}=`), start, text('-'), end)
}

/** `s/regex/text/flags` and `y/abc/xyz/`, as sed knows them. */
function edited(of: Scalar, script: string, { at }: Stages['rex']): Scalar {
  const parts = sedParts(script)
  if (parts === undefined) {
    return refuse('spl/sed', `"${script}" is no command of sed`, at, 'there is s/regex/text/g and y/abc/xyz/')
  }
  const { kind, from, to, flags } = parts
  if (kind === 'y') {
    const signs = [...from]
    const news = [...to]
    return eachText(of, one =>
      signs.reduce(
        (before, sign, place) => call('replace_text', before, text(sign), text(news[place] ?? '')),
        one,
      ),
    )
  }
  if (/\d/.test(flags)) return refuse('spl/sed', 'replacing only the match of a number is not supported', at)
  const regex = { ...regexOf(from, at), caseless: flags.includes('i') || plainRegex(from).caseless }
  return eachText(of, one => ({
    kind: 'substitute',
    of: one,
    regex,
    by: to,
    all: flags.includes('g'),
    type: 'text',
  }))
}

interface Sed {
  readonly kind: 's' | 'y'
  readonly from: string
  readonly to: string
  readonly flags: string
}

function sedParts(script: string): Sed | undefined {
  const kind = script[0]
  const sign = script[1]
  if ((kind !== 's' && kind !== 'y') || sign === undefined) return undefined
  const parts: string[] = ['']
  for (let at = 2; at < script.length; at++) {
    const next = script[at] ?? ''
    if (next === '\\' && script[at + 1] === sign) parts.push((parts.pop() ?? '') + (script[++at] ?? ''))
    else if (next === '\\') parts.push(`${parts.pop() ?? ''}\\${script[++at] ?? ''}`)
    else if (next === sign) parts.push('')
    else parts.push((parts.pop() ?? '') + next)
  }
  const [from = '', to, flags = ''] = parts
  return to === undefined || from === '' || parts.length > 3
    ? undefined
    : { kind, from, to, flags: flags.trim() }
}
