import { columnsOf } from '../../../plan/relation.ts'
import type { Scalar } from '../../../plan/scalar.ts'
import {
  both,
  call,
  choose,
  coalesce,
  column,
  compare,
  either,
  isNull,
  known,
  not,
  number,
} from '../../../plan/scalars.ts'
import { type Flow, find } from './flow.ts'
import { textOf } from './values.ts'

const SHAPE = /^(?:\(\?[a-z]+\))?\((?:\?:)?([\w.]+(?:\|[\w.]+)*)\)(?:\\s[*+]?)?\[[:=]{1,2}\]/

/** The names K1, K2 … of a pattern such as `(?:K1|K2)\s*[:=]…`, which looks for a value by its name. */
export function keysOf(pattern: string): readonly string[] | undefined {
  return SHAPE.exec(pattern)?.[1]?.split('|')
}

/** What the message's own fields say under one of these names, also at the end of a path; `undefined` if none can. */
export function structured(flow: Flow, names: readonly string[]): Scalar | undefined {
  const wanted = names.map(name => name.toLowerCase())
  const deep = columnsOf(flow.rows.relation).filter(({ name }) =>
    wanted.some(each => name.toLowerCase().endsWith(`.${each}`) && !name.startsWith('$')),
  )
  const values = [
    ...names.flatMap(name => find(flow, name) ?? []),
    ...deep.map(({ name, type }) => column(name, type)),
  ]
  const [first, ...others] = values.map(textOf)
  return first === undefined ? undefined : coalesce(first, ...others)
}

/** The field's own value where the pattern caught nothing, or only a part of that value. */
export function completed(caught: Scalar, own: Scalar): Scalar {
  const part = known(compare('gt', call('place_of', own, caught), number(0)))
  const whole = either(isNull(caught), both(not(isNull(own)), part))
  return choose(whole, coalesce(own, caught), caught)
}
