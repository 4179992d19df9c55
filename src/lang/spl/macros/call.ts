/** What stands between the backticks of a call. */
export interface MacroCall {
  readonly name: string
  readonly values: readonly string[]
}

/** Reads `name`, or `name(value, "another")`; a value in double quotes loses them. */
export function readCall(inner: string): MacroCall {
  const text = inner.trim()
  const open = text.indexOf('(')
  if (open < 0 || !text.endsWith(')')) return { name: text, values: [] }
  const name = text.slice(0, open).trim()
  const list = text.slice(open + 1, -1)
  return { name, values: list.trim() === '' ? [] : values(list) }
}

/** Cut at commas outside of quotes and parentheses. */
function values(list: string): readonly string[] {
  const found: string[] = []
  let start = 0
  let depth = 0
  let quoted = false
  for (let at = 0; at < list.length; at++) {
    const sign = list[at]
    if (sign === '\\') at++
    else if (sign === '"') quoted = !quoted
    else if (!quoted && sign === '(') depth++
    else if (!quoted && sign === ')') depth--
    else if (!quoted && depth === 0 && sign === ',') {
      found.push(list.slice(start, at))
      start = at + 1
    }
  }
  return [...found, list.slice(start)].map(bare)
}

function bare(value: string): string {
  const text = value.trim()
  const quoted = /^"((?:[^"\\]|\\[\s\S])*)"$/.exec(text)
  return quoted === null ? text : (quoted[1] ?? '').replaceAll('\\"', '"')
}
