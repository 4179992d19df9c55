const SIGN = String.raw`[^\\()[\]{}*+?|^$.\ud800-\udfff]`
const ESCAPE = String.raw`\\(?:[ -/:-@[-${'`'}{-~]|[dDsSwWnrt]|x[0-9a-fA-F]{2})`
/** Of ranges only those whose ends need not be compared. */
const MEMBER = String.raw`(?:0-9|a-z|A-Z|a-f|A-F|[^\\[\]^\-\ud800-\udfff]|${ESCAPE})`
const ONE = String.raw`(?:\.|${SIGN}|${ESCAPE}|\[\^?-?${MEMBER}+-?\])`
const TIMES = String.raw`[*+?]\??`
/** A group has no count: RE2 refuses counts that multiply to too many. */
const COUNT = String.raw`\{(\d\d?)(?:,(\d\d?)?)?\}\??`
const TOKEN = new RegExp(String.raw`\((?:\?:)?|\)(?:${TIMES})?|\||[$^]|\\b|${ONE}(?:${TIMES}|${COUNT})?`, 'y')
const FLAGS = /^\(\?[ims]+\)/
const DEEPEST = 100

/**
 * Is it an expression of RE2 beyond doubt? Most are made of so few kinds of signs that they need not be compiled to
 * know, which takes a hundred times as long; of the others this says nothing.
 */
export function isPlainRegex(source: string): boolean {
  let depth = 0
  for (TOKEN.lastIndex = FLAGS.exec(source)?.[0].length ?? 0; TOKEN.lastIndex < source.length; ) {
    const [token, least, most] = TOKEN.exec(source) ?? []
    if (token === undefined || Number(most) < Number(least)) return false
    if (token.startsWith('(')) depth++
    if (token.startsWith(')')) depth--
    if (depth < 0 || depth > DEEPEST) return false
  }
  return depth === 0
}
