import { extend, type Pipeline } from '../../../plan/pipeline.ts'
import type { Named } from '../../../plan/relation.ts'
import type { Scalar } from '../../../plan/scalar.ts'
import { as, call, choose, column, isNull, not, number, text } from '../../../plan/scalars.ts'
import { numberOf, optionOf } from '../options.ts'
import type { Stages } from '../syntax/tree.ts'
import { type Context, fieldOf, maybe, refuse } from './context.ts'
import { chosen } from './functions/conditions.ts'
import { namedGroups, soughtOf } from './regexes.ts'
import { edited } from './sed.ts'

/** What `rex` does: each named group becomes a field; where nothing matches, a field keeps its value. */
export function extracted(stage: Stages['rex'], rows: Pipeline, context: Context): Pipeline {
  const { pattern, options, at } = stage
  const name = optionOf(options, 'field') ?? '_raw'
  const of = fieldOf(rows, { name, at }, context)
  if (optionOf(options, 'mode') !== undefined) return extend(rows, [{ name, value: edited(of, pattern, at) }])
  const groups = namedGroups(pattern)
  if (groups.length === 0) {
    return refuse('spl/regex', 'the regular expression of rex names no group', at, 'name one: (?<field>…)')
  }
  const most = numberOf(options, 'max_match', 1)
  const { regex, where } = soughtOf(pattern, at, { multiline: of.type === 'list' }, most === 1)
  const condition = where(as('text', of))
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
