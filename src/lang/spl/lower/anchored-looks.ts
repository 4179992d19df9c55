/** What a text must begin with, or must not, and the rest of the pattern, which begins there too. */
export interface Anchored {
  readonly tests: readonly { readonly negated: boolean; readonly source: string }[]
  readonly source: string
}

const HEAD = /^(?:\(\?[ims]+\))?\^/
const PARTS = /\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\(|\)|\|/gs

/**
 * `^(?!a)(?=b)c` as `^c` where the text meets `^b` and does not meet `^a`, which is the same, since all of them look from
 * the beginning. Undefined for patterns that do not look ahead there, or offer a choice.
 */
export function anchoredLooks(source: string): Anchored | undefined {
  const head = HEAD.exec(source)?.[0]
  if (head === undefined) return undefined
  const tests: Anchored['tests'][number][] = []
  let rest = source.slice(head.length)
  for (let kind = lookOf(rest); kind !== undefined; kind = lookOf(rest)) {
    const end = groupEnd(rest)
    if (end === undefined) return undefined
    tests.push({ negated: kind === '(?!', source: `${head}(?:${rest.slice(kind.length, end)})` })
    rest = rest.slice(end + 1)
  }
  return tests.length === 0 || offersChoice(rest) ? undefined : { tests, source: head + rest }
}

function lookOf(text: string): '(?!' | '(?=' | undefined {
  if (text.startsWith('(?!')) return '(?!'
  return text.startsWith('(?=') ? '(?=' : undefined
}

/** Where the group closes that the text begins with. */
function groupEnd(text: string): number | undefined {
  let depth = 0
  for (const { 0: part, index } of text.matchAll(PARTS)) {
    if (part === '(') depth++
    if (part === ')' && --depth === 0) return index
  }
  return undefined
}

/** Is there a choice that is not inside of a group? */
function offersChoice(text: string): boolean {
  let depth = 0
  for (const [part] of text.matchAll(PARTS)) {
    if (part === '(') depth++
    if (part === ')') depth--
    if (part === '|' && depth === 0) return true
  }
  return false
}
