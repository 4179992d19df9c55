import { all } from './all.ts'
import { cased } from './cased.ts'
import { cidr } from './cidr.ts'
import { encodings } from './encoding.ts'
import { exists } from './exists.ts'
import { expand } from './expand.ts'
import { fieldref } from './fieldref.ts'
import type { Modifier } from './modifier.ts'
import { neq } from './neq.ts'
import { orders } from './order.ts'
import { positions } from './position.ts'
import { regexes } from './re.ts'
import { times } from './time.ts'
import { windash } from './windash.ts'

/** Every modifier that a field name can carry. */
const MODIFIERS: readonly Modifier[] = [
  ...positions,
  all,
  cased,
  neq,
  ...regexes,
  cidr,
  exists,
  ...orders,
  ...times,
  fieldref,
  ...encodings,
  windash,
  expand,
]

const BY_NAME: ReadonlyMap<string, Modifier> = new Map(
  MODIFIERS.flatMap(modifier => modifier.names.map(name => [name, modifier] as const)),
)

export const modifierNames: readonly string[] = [...BY_NAME.keys()]

export function modifierNamed(name: string): Modifier | undefined {
  return BY_NAME.get(name)
}
