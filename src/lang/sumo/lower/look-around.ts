/** A pattern that looked around, as one that does not. */
export interface Looked {
  readonly source: string
  /** What stood behind each match: the text needs `MARK` before each place that this meets. */
  readonly marked?: string
}

/** Stands in a text where a pattern looks ahead; no log has it. */
export const MARK = '\u001e'

/**
 * A pattern that looks ahead or behind, where the same can be said without: behind all of it, before all of it, or
 * where what follows begins with what was looked for or takes anything. Undefined if it cannot. With `multi` what a
 * match looked at may belong to the next one, and is marked in place of being taken.
 */
export function withoutLooking(source: string, multi: boolean): Looked | undefined {
  let pattern: Looked = { source: oneLook(source) }
  for (let count = 0; count < MOST; count++) {
    const group = lookingIn(pattern.source)
    if (group === undefined) return pattern
    const next =
      group.kind === 'behind' ? lookedBehind(pattern.source, group) : ahead(pattern.source, group, multi)
    if (next === undefined) return undefined
    pattern = { ...pattern, ...next }
  }
  return undefined
}

/** `((?=x)|(?=y))` is `(?=x|y)`. */
function oneLook(source: string): string {
  return source.replace(LOOKS, (_, looks: string) => `(?=${looks.slice(3, -1).replaceAll(')|(?=', '|')})`)
}

const LOOK = String.raw`\(\?=(?:\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|[^()[\\])*\)`
const LOOKS = new RegExp(String.raw`\((?:\?:)?(${LOOK}(?:\|${LOOK})+)\)`, 'gs')

/** A pattern that must not begin as another says, as two. */
export interface Excluding {
  readonly source: string
  readonly unless: string
}

/** `^(?!x)y` is `^y` where `^x` is not; undefined for other patterns. */
export function excluding(source: string): Excluding | undefined {
  const group = lookingIn(source)
  if (group === undefined || group.closing !== '' || !/^(?:\(\?[ims]+\))?\^$/.test(group.before))
    return undefined
  if (!source.startsWith('(?!', group.before.length) || hasChoice(group.rest)) return undefined
  return { source: group.before + group.rest, unless: `${group.before}(?:${group.inner})` }
}

const MOST = 20

interface Group {
  readonly kind: 'ahead' | 'behind'
  readonly before: string
  readonly inner: string
  /** The parentheses that close right behind it. */
  readonly closing: string
  readonly rest: string
}

const PARTS = /\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\(\?<?[=!]|\(|\)/gs

/** The first group that looks around, unless it is negated or one of several alternatives. */
function lookingIn(source: string): Group | undefined {
  let open: { readonly at: number; readonly depth: number; readonly how: string } | undefined
  let depth = 0
  for (const { 0: found, index } of source.matchAll(PARTS)) {
    if (found === ')') {
      depth--
      if (open?.depth === depth) return groupOf(source, open, index)
    } else if (found.startsWith('(')) {
      if (open === undefined && found.length > 1) open = { at: index, depth, how: found }
      depth++
    }
  }
  return undefined
}

function groupOf(source: string, open: { readonly at: number; readonly how: string }, end: number): Group {
  const behind = source.slice(end + 1)
  const closing = /^\)*/.exec(behind)?.[0] ?? ''
  return {
    kind: open.how === '(?=' ? 'ahead' : 'behind',
    before: source.slice(0, open.at),
    inner: source.slice(open.at + open.how.length, end),
    closing,
    rest: behind.slice(closing.length),
  }
}

/** `(?<a>(?<=x)…)` is `x(?<a>…)`. */
function lookedBehind(source: string, { before, inner, closing, rest }: Group): Looked | undefined {
  const negated = source.startsWith('(?<!', before.length) || source.startsWith('(?!', before.length)
  if (negated || closing !== '' || hasChoice(source) || !/^(?:\((?:\?:|\?<\w+>)?)*$/.test(before))
    return undefined
  return { source: `(?:${inner})${before}${rest}` }
}

function ahead(source: string, { before, inner, closing, rest }: Group, multi: boolean): Looked | undefined {
  if (hasChoice(source.replace(inner, ''))) return undefined
  if (rest === '') {
    if (multi && !meets(inner, before)) return { source: `${before}${closing}${MARK}`, marked: inner }
    return { source: `${before}${closing}(?:${inner})` }
  }
  const wanted = characters(inner)
  if (wanted === undefined) return undefined
  const text = leading(rest)
  if (text.length >= wanted.length && wanted.every((each, place) => each !== '' && each === text[place])) {
    return { source: before + closing + rest }
  }
  const anything = /^\.[*+]\??/.exec(rest)?.[0]
  if (anything === undefined || overlap(wanted, leading(rest.slice(anything.length)))) return undefined
  return { source: `${before}${closing}(?:${inner})${rest}` }
}

/** Does it say `|` anywhere but in a class or behind a backslash? */
function hasChoice(source: string): boolean {
  return source.replace(/\\.|\[\^?\]?(?:\\.|[^\]\\])*\]/gs, '').includes('|')
}

/** Does what is looked for stand in the fixed texts of a pattern? */
function meets(inner: string, pattern: string): boolean {
  try {
    const wanted = new RegExp(inner.replace(/\$$/, ''))
    const fixed = pattern.split(/\\[wWdDsSbB]|\[\^?\]?(?:\\.|[^\]\\])*\]|\(\?<\w+>|\(\?:|\(|\)|\.[*+?]*/gs)
    return fixed.some(each => each !== '' && wanted.test(each.replace(/\\(.)/g, '$1')))
  } catch {
    return true
  }
}

/** The characters of a plain text, with an empty one for `.`; undefined if it is none. */
function characters(source: string): readonly string[] | undefined {
  const found = source.match(/\\[^A-Za-z0-9]|[^\\^$*+?()[\]{}|]/gs) ?? []
  if (found.join('') !== source || source === '') return undefined
  return found.map(each => (each === '.' ? '' : each.replace('\\', '')))
}

/** The fixed characters that a pattern begins with. */
function leading(source: string): readonly string[] {
  const text = /^(?:\\[^A-Za-z0-9]|[^\\^$*+?()[\]{}|.])*/.exec(source)?.[0] ?? ''
  const whole = /^[*+?{]/.test(source.slice(text.length)) ? text.slice(0, -1) : text
  return characters(whole) ?? []
}

/** Can the second text begin inside of the first? */
function overlap(first: readonly string[], second: readonly string[]): boolean {
  if (second.length === 0) return true
  return first.some((_, start) =>
    first
      .slice(start)
      .every((each, place) => each === '' || place >= second.length || each === second[place]),
  )
}
