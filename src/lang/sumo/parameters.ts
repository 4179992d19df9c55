/** `{{{name}}}`, as dashboards once wrote it, is `{{name}}`; every character keeps its place. */
export function inTwoBraces(text: string): string {
  return text.replace(/\{\{\{([^{}\n]*)\}\}\}/g, '{{ $1 }}')
}

/** With the values that are given for them. */
export function withParameters(text: string, values: ReadonlyMap<string, string>): string {
  return text.replace(PARAMETER, (whole, name: string) => values.get(name.trim()) ?? whole)
}

/** The parameters in a text, each at its first place. */
export function parametersIn(
  text: string,
): ReadonlyMap<string, { readonly start: number; readonly end: number }> {
  const found = new Map<string, { readonly start: number; readonly end: number }>()
  for (const { 0: whole, 1: name = '', index } of text.matchAll(PARAMETER)) {
    if (!found.has(name.trim())) found.set(name.trim(), { start: index, end: index + whole.length })
  }
  return found
}

const PARAMETER = /\{\{([^{}\n]*)\}\}/g
