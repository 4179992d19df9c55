import type { Span } from '../../../core/diagnostic.ts'
import type { Regex } from '../../../plan/expr.ts'
import { checkRegex, regex } from '../../../plan/regex.ts'
import type { Scalar } from '../../../plan/scalar.ts'
import { excluding, withoutLooking } from './look-around.ts'
import { refuse } from './refuse.ts'

/** A regular expression of a query as RE2 takes it. */
export interface GroupedRegex {
  /** With all of its groups. */
  readonly regex: Regex
  /** The names of its groups with the numbers of those that are called so, in order. */
  readonly groups: ReadonlyMap<string, readonly number[]>
  /** What a group caught at the first match. Engines count to nine, so it is alone in its pattern. */
  readonly capture: (of: Scalar, group: number) => Scalar
  /** What must not be found where it is; only of patterns that are read so. */
  readonly unless?: Regex
  /** Where the text needs a `MARK` before the pattern can be searched for. */
  readonly marked?: Regex
}

/** What stands for the same in RE2. */
const JAVA: Readonly<Record<string, string>> = {
  '\\Z': '\\z',
  '\\h': '[ \\t]',
  '\\R': '(?:\\r\\n|\\n|\\r)',
  '\\_': '_',
}

/**
 * Reads a pattern of Java's regular expressions; refuses one that RE2 cannot run. With `multi` it is one whose matches
 * follow each other; with `excludes` it may say at its beginning what a text must not begin with.
 */
export function readRegex(
  written: string,
  at: Span,
  { multi = false, excludes = false }: { readonly multi?: boolean; readonly excludes?: boolean } = {},
): GroupedRegex {
  const without = excludes && !multi ? excluding(written) : undefined
  const rest = without?.source ?? written
  const { source, marked } = withoutLooking(rest, multi) ?? { source: rest }
  const { pieces, groups } = cut(source)
  const plain = pieces.join('(')
  const problem = checkRegex(plain)
  if (problem !== undefined) {
    const message = `this regular expression cannot be run: ${problem}`
    refuse('unsupported-regex', message, at, 'it must be one that RE2 knows')
  }
  return {
    regex: regex(plain),
    groups,
    capture: (of, group) => capture(of, pieces, group),
    ...(without === undefined ? {} : { unless: regex(without.unless) }),
    ...(marked === undefined ? {} : { marked: regex(`(${marked})`) }),
  }
}

/** The pattern cut at the parentheses that open its groups. */
function cut(source: string): {
  readonly pieces: readonly string[]
  readonly groups: ReadonlyMap<string, readonly number[]>
} {
  const groups = new Map<string, number[]>()
  const pieces: string[] = []
  const dot = MINDS_LINES.test(source) ? '.' : '[^\\n\\r]'
  let piece = ''
  let from = 0
  let inClass = false
  for (const { 0: found, 1: name, index } of source.matchAll(PARTS)) {
    piece += source.slice(from, index)
    from = index + found.length
    if (found.startsWith('\\')) piece += JAVA[found] ?? found
    else if (found.startsWith('[') || found === ']') {
      inClass = found !== ']'
      piece += found
    } else if (inClass) piece += found
    else if (found === '.') piece += dot
    else {
      pieces.push(piece)
      piece = ''
      if (name !== undefined) groups.set(name, [...(groups.get(name) ?? []), pieces.length])
    }
  }
  return { pieces: [...pieces, piece + source.slice(from)], groups }
}

/** Escapes, the start and the end of a class, the start of a group, and any character. */
const PARTS = /\\.|\[\^?\]?|\]|\(\?P?<([\p{L}_][^>]*)>|\((?!\?)|\./gsu

/**
 * What says for itself where lines end, so that its `.` stays RE2's. To Java a `.` is no `\r` either, and lines of Windows
 * end in `\r\n`; but neither is its `$` RE2's then.
 */
const MINDS_LINES = /\\[nrRzZ]|\$|\(\?[a-zA-Z]*[ms]/

function capture(of: Scalar, pieces: readonly string[], group: number): Scalar {
  const source = pieces
    .map((piece, index) => (index === 0 ? piece : `${index === group ? '(' : '(?:'}${piece}`))
    .join('')
  return { kind: 'capture', of, regex: regex(source), group: 1, all: false, type: 'text' }
}
