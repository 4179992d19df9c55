/**
 * What a regular expression is made of, as far as its size and its literal text are concerned. `odd` is anything
 * that these two questions must not reason about: flags inside the pattern, quoting, octal escapes.
 */
export type RegexToken =
  | { readonly kind: 'character'; readonly text: string }
  | { readonly kind: 'set' | 'open' | 'close' | 'alternative' | 'odd' }
  | { readonly kind: 'anchor'; readonly text: string }
  /** `most` is infinite for `*`, `+` and `{n,}`. */
  | { readonly kind: 'repeat'; readonly least: number; readonly most: number }

/** Cuts an expression that RE2 accepts into tokens; of others it makes no sense, but it ends. */
export function regexTokens(source: string): readonly RegexToken[] {
  const tokens: RegexToken[] = []
  let at = 0
  while (at < source.length) {
    const [token, length] = next(source, at)
    tokens.push(token)
    at += length
  }
  return tokens
}

type Cut = readonly [RegexToken, number]

function next(source: string, at: number): Cut {
  const sign = source[at] ?? ''
  switch (sign) {
    case '\\':
      return escaped(source, at)
    case '[':
      return [{ kind: 'set' }, setLength(source, at)]
    case '(':
      return group(source, at)
    case ')':
      return [{ kind: 'close' }, 1]
    case '|':
      return [{ kind: 'alternative' }, 1]
    case '.':
      return [{ kind: 'set' }, 1]
    case '^':
    case '$':
      return [{ kind: 'anchor', text: sign }, 1]
    case '*':
    case '+':
    case '?':
      return lazily(source, at, 1, sign === '+' ? 1 : 0, sign === '?' ? 1 : Number.POSITIVE_INFINITY)
    case '{':
      return counted(source, at)
    default:
      return sign < '\u0080' ? [{ kind: 'character', text: sign }, 1] : [{ kind: 'set' }, wide(source, at)]
  }
}

/** A repetition is as long as its sign and the `?` that makes it lazy. */
function lazily(source: string, at: number, length: number, least: number, most: number): Cut {
  return [{ kind: 'repeat', least, most }, length + (source[at + length] === '?' ? 1 : 0)]
}

function counted(source: string, at: number): Cut {
  const found = /^\{(\d{1,8})(,(\d{0,8}))?\}/.exec(source.slice(at, at + 20))
  if (found === null) return [{ kind: 'odd' }, 1]
  const least = Number(found[1])
  const most = found[2] === undefined ? least : found[3] === '' ? Number.POSITIVE_INFINITY : Number(found[3])
  return lazily(source, at, found[0].length, least, most)
}

function group(source: string, at: number): Cut {
  const head = /^\((\?(:|P?<\w+>))?/.exec(source.slice(at, at + 100))?.[0] ?? '('
  if (head.length > 1 || source[at + 1] !== '?') return [{ kind: 'open' }, head.length]
  // "(?i)" changes what follows; "(?i:" opens a group.
  const flags = /^\(\?[-a-zA-Z]*([:)])/.exec(source.slice(at, at + 20))
  return [{ kind: flags?.[1] === ':' ? 'open' : 'odd' }, flags?.[0].length ?? 2]
}

function escaped(source: string, at: number): Cut {
  const sign = source[at + 1] ?? ''
  if (sign === 'b' || sign === 'B' || sign === 'A' || sign === 'z') {
    return [{ kind: 'anchor', text: `\\${sign}` }, 2]
  }
  if (sign === 'x' || sign === 'p' || sign === 'P') {
    const found = /^\\(x[0-9a-fA-F]{2}|[xpP]\{[^}]*\}|[pP].)/.exec(source.slice(at, at + 100))
    return [{ kind: 'set' }, found?.[0].length ?? 2]
  }
  if (/[0-9QE]/.test(sign)) return [{ kind: 'odd' }, 2]
  if (/[a-zA-Z]/.test(sign) || sign >= '\u0080') return [{ kind: 'set' }, 1 + wide(source, at + 1)]
  return [{ kind: 'character', text: sign }, 2]
}

/** Length of `[…]`: a `]` that comes first is a member, and `[:alpha:]` may stand inside. */
function setLength(source: string, start: number): number {
  let at = start + 1
  if (source[at] === '^') at++
  if (source[at] === ']') at++
  while (at < source.length && source[at] !== ']') {
    if (source[at] === '\\') at += 2
    else if (source.startsWith('[:', at)) at = Math.max(at + 1, source.indexOf(':]', at) + 2)
    else at++
  }
  return at + 1 - start
}

function wide(source: string, at: number): number {
  return (source.codePointAt(at) ?? 0) > 0xffff ? 2 : 1
}
