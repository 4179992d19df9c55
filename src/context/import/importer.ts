import { isObject, type Json, type JsonObject, member, objectMember, textMember } from '../../core/json.ts'

/** Cells of a row to be; `undefined` and empty ones are not there. */
export type ImportedCells = { readonly [column: string]: string | readonly string[] | undefined }

/** Something that a cloud prints. One each, listed in `importers.ts`. */
export interface Importer {
  /** The command that prints it. */
  readonly prints: string
  /** Tables that it can fill; the first, unless somebody asks for another. */
  readonly tables: readonly [string, ...(readonly string[])]
  /** The items, if this is what it reads and there is one of them; `table` is the one that somebody asked for. */
  items(value: Json, table?: string): readonly Json[] | undefined
  /** The row of an item, or why there is none. */
  row(item: JsonObject): ImportedCells | string
}

/** The members of an object's list, if it has one under that name. */
export function listUnder(value: Json, name: string): readonly Json[] | undefined {
  const list = isObject(value) ? member(value, name) : undefined
  return isList(list) ? list : undefined
}

/** A list whose first object passes, or an empty one under no name is nobody's. */
export function listOf(value: Json, passes: (item: JsonObject) => boolean): readonly Json[] | undefined {
  if (!isList(value)) return undefined
  const first = value.find(isObject)
  return first !== undefined && passes(first) ? value : undefined
}

function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value)
}

/** A text, or a number or boolean as a text. */
export function scalar(item: JsonObject, name: string): string | undefined {
  const value = member(item, name)
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** The value of a tag, in the forms `[{Key, Value}]`, `[{key, value}]` and `{key: value}`; case of its name does not count. */
export function tag(item: JsonObject, ...names: readonly string[]): string | undefined {
  for (const key of ['Tags', 'tags', 'labels']) {
    const map = objectMember(item, key)
    const list = member(item, key)
    const pairs: readonly (readonly [string, string])[] =
      map === undefined
        ? (isList(list) ? list : []).filter(isObject).map(pairOf)
        : Object.keys(map).map(name => [name, textMember(map, name) ?? ''] as const)
    const found = pairs.find(([name]) => names.includes(name.toLowerCase().replaceAll(/[-_ ]/g, '')))
    if (found !== undefined && found[1] !== '') return found[1]
  }
  return undefined
}

function pairOf(one: JsonObject): readonly [string, string] {
  return [
    textMember(one, 'Key') ?? textMember(one, 'key') ?? '',
    textMember(one, 'Value') ?? textMember(one, 'value') ?? '',
  ]
}
