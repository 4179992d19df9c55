import { nearest } from '../../core/nearest.ts'
import { tableOf } from '../../lake/tables/tables.ts'
import { nativesOf } from '../../sources/aliases/alias.ts'
import { aliasesFor } from '../../sources/aliases/aliases.ts'
import { sources } from '../../sources/sources.ts'

/** The name of a field that events have, or that logs commonly have, which is most like one that no event has. */
export function nearestField(name: string, here: readonly string[]): string | undefined {
  common ??= commonNames()
  // What logs commonly have is not misspelt where it is missing.
  return !isShown(name) || common.has(name) ? undefined : nearest(name, [...here.filter(isShown), ...common])
}

let common: ReadonlySet<string> | undefined

/** What the known logs call their fields, as far as it is written down here, and what else these are called. */
function commonNames(): ReadonlySet<string> {
  return new Set(
    sources.flatMap(source => [
      ...tableOf(source.id).promoted.map(({ name }) => name),
      ...Object.entries(aliasesFor(source)).flatMap(([alias, of]) => [alias, ...nativesOf(of)]),
    ]),
  )
}

function isShown(name: string): boolean {
  return !/^[$_]/.test(name)
}
