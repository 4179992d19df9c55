import { bits } from './bits.ts'
import { conditions } from './conditions.ts'
import { conversions } from './conversions.ts'
import type { EvalFunction } from './function.ts'
import { json } from './json.ts'
import { jsonChanges } from './json-changes.ts'
import { kinds } from './kinds.ts'
import { lists } from './lists.ts'
import { math } from './math.ts'
import { texts } from './texts.ts'
import { times } from './times.ts'

const FUNCTIONS: ReadonlyMap<string, EvalFunction> = new Map(
  [bits, conditions, conversions, json, jsonChanges, kinds, lists, math, texts, times].flatMap(group =>
    Object.entries(group),
  ),
)

/** The function of that name, in lower case. */
export function findFunction(name: string): EvalFunction | undefined {
  return FUNCTIONS.get(name)
}

/** All names of functions, sorted. */
export const functionNames: readonly string[] = [...FUNCTIONS.keys()].sort()
