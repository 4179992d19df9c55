import type { Lowering } from '../../plan/lowering.ts'
import type { Pipeline } from '../../plan/pipeline.ts'
import type { Context } from './lower/context.ts'
import type { Reader } from './reader.ts'
import { bareOrQuoted, quote } from './syntax/text.ts'
import type { Option, Search, StageKind, Stages } from './syntax/tree.ts'

/** What a command is to this program: how it is read and printed. One file each in `commands/`. */
export interface Command<Kind extends StageKind> {
  /** Its name, and others that mean the same. */
  readonly names: readonly string[]
  /** Makes rows of nothing or of what is stored, so it may stand first. */
  readonly generates?: boolean
  /** Reads what stands behind the name. The place is added by the caller. */
  readonly read: (reader: Reader) => Omit<Stages[Kind], 'kind' | 'at'>
  /** What stands behind the name, as text that reads as the same. */
  readonly print: (stage: Stages[Kind], printSearch: (search: Search) => string) => string
  /** The rows that come of it; a question to the data is asked by a generator. */
  readonly lower?: (stage: Stages[Kind], rows: Pipeline, context: Context) => Pipeline | Lowering<Pipeline>
}

/** `a=1 b="two words" `, each with a space behind it. */
export function printOptions(options: readonly Option[]): string {
  return options.map(({ name, value }) => `${name}=${printValue(value)} `).join('')
}

function printValue(value: string): string {
  return /^[\w.@+-]+$/.test(value) ? value : quote(value)
}

/** A name, bare if it can be. */
export function printName({ name }: { readonly name: string }): string {
  return bareOrQuoted(name)
}
