/**
 * How the pieces of a text that hide pipes and parentheses end: quoted texts, comments, regular expressions between
 * slashes and `{{template}}` parameters.
 */

/** The offset behind a text that starts with the quote at `start`; `undefined` if it is not closed before `end`. */
export function endOfText(text: string, start: number, end: number): number | undefined {
  for (let at = start + 1; at < end; at++) {
    if (text[at] === '\\') at++
    else if (text[at] === '"') return at + 1
  }
  return undefined
}

/** The offset behind a comment that starts here, or `undefined`. In `prod/*` and `https://` none does. */
export function endOfComment(text: string, at: number, end: number): number | undefined {
  if (text[at] !== '/' || (at > 0 && !BEFORE_COMMENT.test(text[at - 1] ?? ''))) return undefined
  if (text[at + 1] === '/') {
    const line = text.indexOf('\n', at)
    return line < 0 || line > end ? end : line
  }
  if (text[at + 1] !== '*') return undefined
  const close = text.slice(at, Math.min(end, at + LONGEST_COMMENT)).indexOf('*/', 2)
  return close < 0 ? undefined : at + close + 2
}

/** What is not closed within so many characters is none: a text of openings alone must not take its square in time. */
const LONGEST_COMMENT = 16_384
const LONGEST_REGEX = 8192
const LONGEST_TEMPLATE = 256

const BEFORE_COMMENT = /[\s|()[\],"]/

/** The offset behind a regular expression `/…/` that starts here, or `undefined` if the slash divides. */
export function endOfRegex(text: string, at: number, end: number): number | undefined {
  if (text[at] !== '/' || !BEFORE_REGEX.test(text.slice(Math.max(0, at - 64), at))) return undefined
  const limit = Math.min(end, at + LONGEST_REGEX)
  for (let next = at + 1; next < limit; next++) {
    if (text[next] === '\\') next++
    else if (text[next] === '/') return next + 1
    else if (text[next] === '\n') return undefined
  }
  return undefined
}

const BEFORE_REGEX = /(?:\bmatches|[(,])\s*$/i

/** The offset behind `{{name}}`, or `undefined`. */
export function endOfTemplate(text: string, at: number, end: number): number | undefined {
  if (text[at] !== '{' || text[at + 1] !== '{') return undefined
  const inside = text.slice(at, Math.min(end, at + LONGEST_TEMPLATE))
  const close = inside.indexOf('}}', 2)
  return close < 0 || inside.slice(0, close).includes('\n') ? undefined : at + close + 2
}

/** A character between single quotes, as in `delim='|'` and `quote='"'`. */
export function endOfQuotedCharacter(text: string, at: number): number | undefined {
  if (text[at] !== "'" || text[at + 2] !== "'") return undefined
  return text[at + 1] !== '"' || text[at - 1] === '=' ? at + 3 : undefined
}
