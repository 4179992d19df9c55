/** A field that another product makes of native ones: the first of them that is there, else `otherwise`. */
export interface Alias {
  /** Native fields by their dotted names, in order of preference; of a list the first member counts. */
  readonly of: readonly string[]
  /** What the field says if none of them is there; absent: nothing. */
  readonly otherwise?: string
  /** Values that it says differently, by the native value; `*` stands for every other. */
  readonly values?: { readonly [native: string]: string }
  /**
   * The same by how the value is written, whatever its case, `*` being any text: the first pattern that fits counts.
   * If none fits, the field says nothing by this alias.
   */
  readonly patterns?: readonly (readonly [pattern: string, says: string])[]
  /** Only what stands behind the last of these separators. */
  readonly last?: string
  /** The value is an address: without its port and brackets. */
  readonly address?: true
  /** What is asked if this says nothing, before `otherwise`. */
  readonly or?: Alias
}

/** Aliases of one source by name. A native field of the same name comes first. */
export type Aliases = { readonly [name: string]: Alias }

/** The native fields that an alias may ask for. */
export function nativesOf({ of, or }: Alias): readonly string[] {
  return or === undefined ? of : [...of, ...nativesOf(or)]
}

/** What an alias says of an event, whose native fields are read by name. */
export function aliasValue(alias: Alias, read: (name: string) => string | undefined): string | undefined {
  for (const name of alias.of) {
    const value = read(name)
    if (value === undefined || value === '') continue
    const says = said(alias, value)
    if (says !== undefined) return says
    break
  }
  return (alias.or === undefined ? undefined : aliasValue(alias.or, read)) ?? alias.otherwise
}

function said({ values, patterns, last, address }: Alias, value: string): string | undefined {
  if (patterns !== undefined) return patterns.find(([pattern]) => fits(pattern, value))?.[1]
  if (values !== undefined) return (Object.hasOwn(values, value) ? values[value] : values['*']) ?? value
  const part = last === undefined ? value : value.slice(value.lastIndexOf(last) + 1)
  return address === true ? bareAddress(part) : part
}

const compiled = new Map<string, RegExp>()

function fits(pattern: string, value: string): boolean {
  let test = compiled.get(pattern)
  if (test === undefined) {
    const parts = pattern.split('*').map(part => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    test = new RegExp(`^${parts.join('.*')}$`, 'is')
    compiled.set(pattern, test)
  }
  return test.test(value)
}

/** `[2001:db8::1]:443` is `2001:db8::1`, `192.0.2.1:443` is `192.0.2.1`. */
export const ADDRESS_WITH_PORT = '^(?:\\[([^\\]]+)\\](?::\\d+)?|(\\d+\\.\\d+\\.\\d+\\.\\d+):\\d+)$'

const WITH_PORT = new RegExp(ADDRESS_WITH_PORT)

function bareAddress(value: string): string {
  const parts = WITH_PORT.exec(value)
  return parts?.[1] ?? parts?.[2] ?? value
}
