import { addresses } from './addresses.ts'
import type { SumoFunction } from './function.ts'
import { lists } from './lists.ts'
import { numbers } from './numbers.ts'
import { texts } from './texts.ts'
import { times } from './times.ts'

/** Every function that an expression may call. */
const FUNCTIONS: readonly SumoFunction[] = [...texts, ...numbers, ...lists, ...times, ...addresses]

const BY_NAME: ReadonlyMap<string, SumoFunction> = new Map(
  FUNCTIONS.flatMap(each => each.names.map(name => [name, each] as const)),
)

export const functionNames: readonly string[] = [...BY_NAME.keys()]

/** A function by its name, in any case. */
export function functionNamed(name: string): SumoFunction | undefined {
  return BY_NAME.get(name.toLowerCase())
}
