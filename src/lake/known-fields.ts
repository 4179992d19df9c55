import type { Field } from '../plan/expr.ts'
import { MOST_NAMES } from './field-names.ts'
import type { PushTarget } from './push-target.ts'
import type { LakeTable } from './tables/table.ts'
import { tableOf } from './tables/tables.ts'

/** What is known of the fields of a lake's events of one source. */
export interface KnownFields {
  readonly table: LakeTable
  /** Dotted names of those that occur; undefined if there may be others. */
  readonly fields: ReadonlySet<string> | undefined
  /** Dotted names of those whose own key has a dot; undefined if there may be others. */
  readonly dotted: ReadonlySet<string> | undefined
  /** Promoted ones whose value is no text in some events. */
  readonly exceptions: ReadonlySet<string>
}

/** What the manifest says; of the names of fields it keeps only so many. */
export function knownFields({ source, files, manifest }: PushTarget): KnownFields {
  const names = manifest.fields[source.id] ?? []
  const isWhole = names.length < MOST_NAMES
  const { dottedNames } = manifest
  return {
    table: tableOf(source.id),
    fields: isWhole ? new Set(names) : undefined,
    dotted: isWhole && dottedNames !== undefined ? new Set(dottedNames[source.id]) : undefined,
    exceptions: new Set(files.flatMap(({ exceptions }) => exceptions)),
  }
}

/** Is every part of the name sure to be a key of its own? */
export function isPlain({ path }: Field, { dotted }: KnownFields): boolean {
  if (path.length === 1) return true
  return dotted !== undefined && path.every((_, at) => !dotted.has(path.slice(0, at + 1).join('.')))
}
