import type { Span } from '../../../core/diagnostic.ts'
import type { Scalar } from '../../../plan/scalar.ts'
import type { Context } from '../lower/flow.ts'

/** One function of Sumo Logic. */
export interface SumoFunction {
  /** In lower case. */
  readonly names: readonly string[]
  /** How many arguments it takes. */
  readonly least: number
  readonly most: number
  readonly value: (args: readonly Scalar[], call: Call) => Scalar
}

/** Where a function is called. */
export interface Call {
  readonly name: string
  readonly at: Span
  readonly context: Context
}

/** A function of one to a few arguments. */
export function define(
  names: string,
  [least, most]: readonly [number, number],
  value: SumoFunction['value'],
): SumoFunction {
  return { names: names.split(' '), least, most, value }
}

/** An argument that must be there. */
export function arg(args: readonly Scalar[], place: number): Scalar {
  const found = args[place]
  if (found === undefined) throw new Error('bug: an argument was not counted')
  return found
}
