import type { Span } from '../../../core/diagnostic.ts'
import type { Regex } from '../../../plan/expr.ts'
import { checkRegex, regex } from '../../../plan/regex.ts'
import type { Scalar } from '../../../plan/scalar.ts'
import { both, known, not } from '../../../plan/scalars.ts'
import { anchoredLooks } from './anchored-looks.ts'
import { refuse } from './context.ts'
import { edgeLooks } from './edge-looks.ts'

/**
 * A regular expression as a search holds it. `$$` stands for `$`, since tokens are put in before a search runs;
 * named groups become plain ones. What RE2 cannot do is refused with its reason.
 */
export function regexOf(
  source: string,
  at: Span | undefined,
  flags: Partial<Omit<Regex, 'source'>> = {},
): Regex {
  const plain = withoutNames(source.replaceAll('$$', '$'))
  const reason = checkRegex(regex(plain).source)
  if (reason !== undefined) {
    refuse(
      'spl/unsupported-regex',
      `the regular expression "${source}" cannot be run: ${reason}`,
      at,
      'write it in the syntax of RE2',
    )
  }
  return regex(plain, flags)
}

/** A pattern that is looked for, and what the text must be besides. */
export interface Sought {
  readonly regex: Regex
  /** True where the text is so; nothing if it may be any. */
  readonly where: (of: Scalar) => Scalar | undefined
}

/**
 * A regular expression that may look ahead from the beginning of the text, and, where only one match is wanted, at what
 * is next to it.
 */
export function soughtOf(
  source: string,
  at: Span | undefined,
  flags: Partial<Omit<Regex, 'source'>> = {},
  only = true,
): Sought {
  const looks = anchoredLooks(source)
  if (looks === undefined)
    return { regex: regexOf(only ? edgeLooks(source) : source, at, flags), where: () => undefined }
  const tests = looks.tests.map(({ negated, source: part }) => ({ negated, regex: regexOf(part, at) }))
  return {
    regex: regexOf(looks.source, at, flags),
    where: of =>
      both(
        ...tests.map(({ negated, regex: part }) => {
          const met: Scalar = { kind: 'search', of, regex: part, type: 'boolean' }
          return negated ? not(known(met)) : known(met)
        }),
      ),
  }
}

/** Is the pattern in the text? */
export function sought(of: Scalar, { regex: pattern, where }: Sought): Scalar {
  const found: Scalar = { kind: 'search', of, regex: pattern, type: 'boolean' }
  const condition = where(of)
  return condition === undefined ? found : both(found, condition)
}

/** A named group: its name, and the number of the group from 1. */
export interface NamedGroup {
  readonly name: string
  readonly group: number
}

/** The named groups of an expression, in their order. */
export function namedGroups(source: string): readonly NamedGroup[] {
  let count = 0
  return groups(source).flatMap(({ name, captures }) => {
    if (captures) count++
    return name === undefined ? [] : [{ name, group: count }]
  })
}

function withoutNames(source: string): string {
  let text = ''
  let from = 0
  for (const { at, length, name } of groups(source)) {
    if (name === undefined) continue
    text += `${source.slice(from, at)}(`
    from = at + length
  }
  return text + source.slice(from)
}

/** The expression with groups that catch nothing. */
export function uncaptured(source: string): string {
  let plain = ''
  let from = 0
  for (const { at, length, captures } of groups(source)) {
    if (!captures) continue
    plain += `${source.slice(from, at)}(?:`
    from = at + length
  }
  return plain + source.slice(from)
}

interface Opening {
  readonly at: number
  /** Of the opening with its name. */
  readonly length: number
  readonly name?: string
  readonly captures: boolean
}

/** Every parenthesis that opens a group, outside of escapes and sets. */
function groups(source: string): readonly Opening[] {
  const found: Opening[] = []
  let set = false
  for (let at = 0; at < source.length; at++) {
    const sign = source[at]
    if (sign === '\\') at++
    else if (set) set = sign !== ']'
    else if (sign === '[') {
      set = true
      // A bracket that closes at once is a member of the set.
      if (source[at + 1] === '^') at++
      if (source[at + 1] === ']') at++
    } else if (sign === '(') {
      const named = /^\(\?P?<([A-Za-z_]\w*)>/.exec(source.slice(at, at + 200))
      const name = named?.[1]
      const captures = name !== undefined || source[at + 1] !== '?'
      found.push({ at, length: named?.[0].length ?? 1, captures, ...(name === undefined ? {} : { name }) })
    }
  }
  return found
}
