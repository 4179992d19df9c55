/** A field that another product makes of native ones: the first of them that is there, else `otherwise`. */
export interface Alias {
  /** Native fields by their dotted names, in order of preference; of a list the first member counts. */
  readonly of: readonly string[]
  /** What the field says if none of them is there; absent: nothing. */
  readonly otherwise?: string
  /** Values that it says differently, by the native value; `*` stands for every other. */
  readonly values?: { readonly [native: string]: string }
  /** Values that are not among those say nothing. */
  readonly only?: true
  /**
   * The same by how the value is written, whatever its case, `*` being any text: the first pattern that fits counts.
   * If none fits, the field says nothing by this alias.
   */
  readonly patterns?: readonly (readonly [pattern: string, says: string])[]
  /** Only what stands behind the last of these separators. */
  readonly last?: string
  /** Only what the group of this regular expression catches; nothing if it does not match. */
  readonly part?: string
  /** Values that say nothing, as `-` in a Windows event. */
  readonly except?: readonly string[]
  /** Native fields are asked only where this one has one of these values. */
  readonly where?: { readonly field: string; readonly values: readonly string[] }
  /** All that the native fields say, as several values. */
  readonly several?: true
  /** The value is an address: without its port and brackets. */
  readonly address?: true
  /** What is asked if this says nothing, before `otherwise`. */
  readonly or?: Alias
}

/** Aliases of one source by name. A native field of the same name comes first. */
export type Aliases = { readonly [name: string]: Alias }

/** Does it say a native field of its own name in other words? Then it goes before that. */
export function translates(alias: Alias, name: string): boolean {
  return alias.values !== undefined && alias.of.includes(name)
}

/** The native fields that an alias may ask for. */
export function nativesOf({ of, or, where }: Alias): readonly string[] {
  const own = where === undefined ? of : [...of, where.field]
  return or === undefined ? own : [...own, ...nativesOf(or)]
}

/** Reads native fields of an event by name: what one says, and all that it says. */
export interface Reader {
  readonly one: (name: string) => string | undefined
  readonly all: (name: string) => readonly string[]
}

/** What an alias says of an event. */
export function aliasValue(alias: Alias, read: Reader): string | readonly string[] | undefined {
  const own = applies(alias, read) ? ownValue(alias, read) : undefined
  return own ?? (alias.or === undefined ? undefined : aliasValue(alias.or, read)) ?? alias.otherwise
}

function applies({ where }: Alias, read: Reader): boolean {
  if (where === undefined) return true
  const value = read.one(where.field)
  return value !== undefined && where.values.includes(value)
}

function ownValue(alias: Alias, read: Reader): string | readonly string[] | undefined {
  if (alias.several === true) {
    const found = alias.of.flatMap(name => read.all(name))
    return found.length > 1 ? found : found[0]
  }
  for (const name of alias.of) {
    const value = read.one(name)
    if (value === undefined || value === '' || alias.except?.includes(value) === true) continue
    return said(alias, value)
  }
  return undefined
}

function said({ part, ...alias }: Alias, value: string): string | undefined {
  if (part === undefined) return worded(alias, value)
  const caught = compiledPart(part).exec(value)?.[1]
  return caught === undefined || caught === '' ? undefined : worded(alias, caught)
}

function worded({ values, only, patterns, last, address }: Alias, value: string): string | undefined {
  if (patterns !== undefined) return patterns.find(([pattern]) => fits(pattern, value))?.[1]
  if (values !== undefined) {
    const says = Object.hasOwn(values, value) ? values[value] : values['*']
    return says ?? (only === true ? undefined : value)
  }
  const part = last === undefined ? value : value.slice(value.lastIndexOf(last) + 1)
  return address === true ? bareAddress(part) : part
}

const parts = new Map<string, RegExp>()

function compiledPart(pattern: string): RegExp {
  const known = parts.get(pattern) ?? new RegExp(pattern)
  parts.set(pattern, known)
  return known
}

const compiled = new Map<string, RegExp>()

function fits(pattern: string, value: string): boolean {
  let test = compiled.get(pattern)
  if (test === undefined) {
    const pieces = pattern.split('*').map(piece => piece.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    test = new RegExp(`^${pieces.join('.*')}$`, 'is')
    compiled.set(pattern, test)
  }
  return test.test(value)
}

/** `[2001:db8::1]:443` is `2001:db8::1`, `192.0.2.1:443` is `192.0.2.1`. */
export const ADDRESS_WITH_PORT = '^(?:\\[([^\\]]+)\\](?::\\d+)?|(\\d+\\.\\d+\\.\\d+\\.\\d+):\\d+)$'

const WITH_PORT = new RegExp(ADDRESS_WITH_PORT)

function bareAddress(value: string): string {
  const found = WITH_PORT.exec(value)
  return found?.[1] ?? found?.[2] ?? value
}
