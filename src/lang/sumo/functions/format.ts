import type { Span } from '../../../core/diagnostic.ts'
import type { Scalar } from '../../../plan/scalar.ts'
import { call, choose, coalesce, compare, number, text } from '../../../plan/scalars.ts'
import { limits } from '../limits.ts'
import { refuse } from '../lower/refuse.ts'
import { literalText, numberOf, textOf } from '../lower/values.ts'

interface Directive {
  readonly letter: string
  readonly flags: string
  readonly digits: string | undefined
}

const DIRECTIVE = /%(?:(\d+)\$)?([-+ 0,#(]*)(\d+)?(?:\.(\d+))?([a-zA-Z%])/g

/** `format("%s of %,.2f", a, b)`: Java's directives for texts and numbers. */
export function format(args: readonly Scalar[], at: Span): Scalar {
  const pattern = literalText(args[0])
  if (pattern === undefined)
    return refuse('format', 'the first argument of "format" must be a text between quotes', at)
  const parts: Scalar[] = []
  let next = 1
  let from = 0
  for (const found of pattern.matchAll(DIRECTIVE)) {
    const [whole, place, flags = '', width, digits, letter = ''] = found
    if (found.index > from) parts.push(text(pattern.slice(from, found.index)))
    from = found.index + whole.length
    if (letter === '%') parts.push(text('%'))
    else if (letter === 'n') parts.push(text('\n'))
    else {
      const value = args[place === undefined ? next++ : Number(place)]
      if (value === undefined) return refuse('format', `nothing is given for "${whole}"`, at)
      if (Number(width ?? 0) > limits.width || Number(digits ?? 0) > 20) {
        return refuse('format', `"${whole}" is too wide`, at)
      }
      const written = one(value, { letter, flags, digits }, whole, at)
      parts.push(coalesce(padded(written, flags, width), text('null')))
    }
  }
  if (from < pattern.length) parts.push(text(pattern.slice(from)))
  return parts.length === 0 ? text('') : call('concat', ...parts)
}

function one(
  value: Scalar,
  { letter, flags, digits }: Pick<Directive, 'letter' | 'flags' | 'digits'>,
  whole: string,
  at: Span,
): Scalar {
  const fixed = flags.includes(',') ? 'fixed_grouped' : 'fixed'
  switch (letter) {
    case 's':
    case 'b':
      return cut(textOf(value), digits)
    case 'S':
    case 'B':
      return cut(call('upper', textOf(value)), digits)
    case 'c':
      return cut(textOf(value), '1')
    case 'd':
      return signed(value, flags, call(fixed, call('floor', numberOf(value)), number(0)))
    case 'f':
      return signed(value, flags, call(fixed, numberOf(value), number(Number(digits ?? 6))))
    case 'e':
    case 'E':
    case 'g':
    case 'G':
      return signed(value, flags, call('format_number', text(`%.${digits ?? 6}${letter}`), numberOf(value)))
    case 'x':
    case 'X':
    case 'o':
      return call('format_integer', text(`%${letter}`), numberOf(value))
    default:
      return refuse('format', `there is no directive "${whole}"`, at, `there are ${KNOWN} and %%`)
  }
}

const KNOWN = '%s, %d, %f, %e, %g, %x, %o, %b, %c, %n'

function cut(value: Scalar, digits: string | undefined): Scalar {
  return digits === undefined ? value : call('substring', value, number(1), number(Number(digits)))
}

/** With a plus or a space before a number that is not below 0, or with parentheses around one that is. */
function signed(value: Scalar, flags: string, written: Scalar): Scalar {
  const sign = flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : ''
  const negative = compare('lt', numberOf(value), number(0))
  const inside = flags.includes('(')
    ? call('concat', text('('), call('replace_text', written, text('-'), text('')), text(')'))
    : written
  if (sign === '' && inside === written) return written
  return choose(negative, inside, sign === '' ? written : call('concat', text(sign), written))
}

/** To its width: with spaces behind it for `-`, with zeros behind its sign for `0`. */
function padded(value: Scalar, flags: string, width: string | undefined): Scalar {
  if (width === undefined) return value
  const size = number(Number(width))
  if (flags.includes('-')) return call('format_text', text(`%-${width}s`), value)
  if (!flags.includes('0')) return call('pad_left', value, size, text(' '))
  const rest = call('substring', value, number(2), number(1e9))
  const sign = call('substring', value, number(1), number(1))
  const behind = call('concat', sign, call('pad_left', rest, number(Number(width) - 1), text('0')))
  return choose(call('matches', value, text('^[-+ ]')), behind, call('pad_left', value, size, text('0')))
}
