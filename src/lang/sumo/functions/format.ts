import type { Span } from '../../../core/diagnostic.ts'
import type { Scalar } from '../../../plan/scalar.ts'
import { call, coalesce, number, text } from '../../../plan/scalars.ts'
import { limits } from '../limits.ts'
import { refuse } from '../lower/refuse.ts'
import { literalText, numberOf, textOf } from '../lower/values.ts'

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
  {
    letter,
    flags,
    digits,
  }: { readonly letter: string; readonly flags: string; readonly digits: string | undefined },
  whole: string,
  at: Span,
): Scalar {
  const fixed = flags.includes(',') ? 'fixed_grouped' : 'fixed'
  switch (letter) {
    case 's':
      return textOf(value)
    case 'S':
      return call('upper', textOf(value))
    case 'd':
      return call(fixed, call('floor', numberOf(value)), number(0))
    case 'f':
      return call(fixed, numberOf(value), number(Number(digits ?? 6)))
    case 'x':
      return call('hexadecimal', numberOf(value))
    case 'X':
      return call('upper', call('hexadecimal', numberOf(value)))
    default:
      return refuse('format', `there is no directive "${whole}"`, at, 'there are %s, %d, %f, %x and %%')
  }
}

function padded(value: Scalar, flags: string, width: string | undefined): Scalar {
  if (width === undefined || flags.includes('-')) return value
  return call('pad_left', value, number(Number(width)), text(flags.includes('0') ? '0' : ' '))
}
