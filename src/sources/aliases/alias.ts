/** A field that another product makes of native ones: the first of them that is there, else `otherwise`. */
export interface Alias {
  /** Native fields by their dotted names, in order of preference. */
  readonly of: readonly string[]
  /** What the field says if none of them is there; absent: nothing. */
  readonly otherwise?: string
  /** Values that it says differently, by the native value; `*` stands for every other. */
  readonly values?: { readonly [native: string]: string }
}

/** Aliases of one source by name. A native field of the same name comes first. */
export type Aliases = { readonly [name: string]: Alias }

/** What an alias says of an event, whose native fields are read by name. */
export function aliasValue(alias: Alias, read: (name: string) => string | undefined): string | undefined {
  for (const name of alias.of) {
    const value = read(name)
    if (value !== undefined && value !== '') return said(alias, value)
  }
  return alias.otherwise
}

function said({ values }: Alias, value: string): string {
  if (values === undefined) return value
  return (Object.hasOwn(values, value) ? values[value] : values['*']) ?? value
}
