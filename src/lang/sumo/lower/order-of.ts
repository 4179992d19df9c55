import type { SortKey as Key } from '../../../plan/relation.ts'
import type { Scalar } from '../../../plan/scalar.ts'
import type { SortKey } from '../syntax.ts'
import { type Scene, scalar } from './value-of.ts'
import { numberOf, textOf } from './values.ts'

/** The order of `sort` and `top`: numbers by value, texts by their characters. */
export function orderOf(keys: readonly SortKey[], scene: Scene): readonly Key[] {
  return keys.map(({ by, descending }) => {
    const value = scalar(by, scene)
    return { value: value.type === 'number' ? value : textOf(value), descending }
  })
}

/** By number where a text reads as one, then by its characters. */
export function numericFirst(value: Scalar, descending: boolean): readonly Key[] {
  if (value.type === 'number') return [{ value, descending }]
  return [
    { value: numberOf(value), descending },
    { value: textOf(value), descending },
  ]
}
