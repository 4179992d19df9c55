/** Signs, escapes and sets, and one such with a repetition, none of which has a choice or a group. */
const ONE = String.raw`(?:\\[^1-9]|\[\^?\]?(?:\\.|[^\]\\])*\]|[^\\()[\]|?*+{}^$])`
const BEHIND = new RegExp(String.raw`^((?:\(\?[ims]+\))?)\(\?<([!=])(${ONE})\)`)
const AHEAD = new RegExp(String.raw`\(\?([!=])((?:${ONE}|\$|\|)+)\)(\)*)$`)

/**
 * A pattern that looks at what stands before its beginning or behind its end, written as one that takes it in, which is
 * the same for a test: `(?<!\w)a` is `(?:^|[^\w])a`, `a(?=b)` is `a(?:b)`. The same text where it does not.
 */
export function edgeLooks(source: string): string {
  return withoutAhead(withoutBehind(source))
}

function withoutBehind(source: string): string {
  const [whole, flags = '', kind, sign = ''] = BEHIND.exec(source) ?? []
  if (whole === undefined) return source
  const rest = source.slice(whole.length)
  if (offersChoice(rest)) return source
  const before = kind === '=' ? sign : `(?:^|${negated(sign)})`
  return `${flags}${before}${rest}`
}

function withoutAhead(source: string): string {
  const [whole, kind, inside = '', closing = ''] = AHEAD.exec(source) ?? []
  if (whole === undefined || kind !== '=') return source
  const head = source.slice(0, source.length - whole.length)
  if (offersChoice(head)) return source
  return `${head}${closing}(?:${inside})`
}

/** The set of all other signs. */
function negated(sign: string): string {
  if (sign.startsWith('[^')) return `[${sign.slice(2)}`
  if (sign.startsWith('[')) return `[^${sign.slice(1)}`
  return sign === '.' ? String.raw`\n` : `[^${sign}]`
}

/** Is there a choice outside of all groups that are closed? */
function offersChoice(source: string): boolean {
  const open = [false]
  for (const [part] of source.matchAll(/\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|[()|]/gs)) {
    if (part === '(') open.push(false)
    if (part === ')') open.pop()
    if (part === '|') open[open.length - 1] = true
  }
  return open.includes(true)
}
