import type { Span } from '../../../../core/diagnostic.ts'
import type { Pipeline } from '../../../../plan/pipeline.ts'
import type { Scalar } from '../../../../plan/scalar.ts'
import type { Expression } from '../../syntax/tree.ts'
import type { Context } from '../context.ts'

/** A call of a function as it is lowered. */
export interface Given {
  readonly at: Span
  readonly args: readonly Expression[]
  /** The value of an argument by its number from 0; null if it is not there. */
  readonly value: (index: number) => Scalar
  readonly all: () => readonly Scalar[]
  /** The value of any expression in the row. */
  readonly lowered: (expression: Expression) => Scalar
  /** Seconds since 1970 UTC. */
  readonly now: number
  readonly rows: Pipeline
  readonly context: Context
  /** The value of an expression in which a field stands for one member of a list. */
  readonly inside: (field: string, member: Scalar, body: Expression) => Scalar
}

/** A function of eval: how many arguments it takes, and what it is in the plan. */
export interface EvalFunction {
  readonly least: number
  readonly most: number
  readonly make: (given: Given) => Scalar
}

export type EvalFunctions = { readonly [name: string]: EvalFunction }

/** A function of exactly, or at least and at most, so many arguments. */
export function takes(least: number, most: number, make: (given: Given) => Scalar): EvalFunction {
  return { least, most, make }
}

export const MANY = 1000
