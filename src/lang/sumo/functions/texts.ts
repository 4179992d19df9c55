import type { Scalar } from '../../../plan/scalar.ts'
import {
  both,
  call,
  choose,
  coalesce,
  compare,
  either,
  isNull,
  known,
  not,
  nothing,
  number,
  text,
} from '../../../plan/scalars.ts'
import { refuse } from '../lower/refuse.ts'
import { literalNumber, literalText, numberOf, textOf } from '../lower/values.ts'
import { format } from './format.ts'
import { arg, define, type SumoFunction } from './function.ts'

const SPACE = text(' \t\r\n')

/** Texts, and tests on them. */
export const texts: readonly SumoFunction[] = [
  define('concat', [1, 100], args => call('concat', ...args.map(value => coalesce(textOf(value), text(''))))),
  define('tolowercase lower', [1, 1], args => call('lower', textOf(arg(args, 0)))),
  define('touppercase upper', [1, 1], args => call('upper', textOf(arg(args, 0)))),
  define('trim', [1, 1], args => call('trim', textOf(arg(args, 0)), SPACE)),
  define('length', [1, 1], args => coalesce(call('length', textOf(arg(args, 0))), number(0))),
  define('tostring string', [1, 1], args => textOf(arg(args, 0))),
  define('substring', [2, 3], args => substring(textOf(arg(args, 0)), arg(args, 1), args[2])),
  define('indexof', [2, 3], args => placeOf(textOf(arg(args, 0)), textOf(arg(args, 1)), args[2])),
  define('contains', [2, 2], args => contains(textOf(arg(args, 0)), textOf(arg(args, 1)))),
  define('replace', [3, 3], args =>
    call('replace_text', textOf(arg(args, 0)), textOf(arg(args, 1)), textOf(arg(args, 2))),
  ),
  define('format', [1, 100], (args, { at }) => format(args, at)),
  define('urlencode', [1, 1], args => call('url_encode', textOf(arg(args, 0)))),
  define('urldecode', [1, 1], args =>
    coalesce(call('url_decode', textOf(arg(args, 0))), textOf(arg(args, 0))),
  ),
  define('base64encode', [1, 1], args => call('base64_encode', textOf(arg(args, 0)))),
  define('base64decode', [1, 2], args => decoded(textOf(arg(args, 0)), literalText(args[1]) ?? 'UTF-8')),
  define('hextoascii', [1, 1], args => call('text_of_hexadecimal', textOf(arg(args, 0)))),
  define('asciitohex', [1, 1], args => call('hexadecimal_of_text', textOf(arg(args, 0)))),
  define('luhn', [1, 1], args => known(call('luhn_valid', textOf(arg(args, 0))))),
  define('levenshtein', [2, 2], args => call('edit_distance', textOf(arg(args, 0)), textOf(arg(args, 1)))),
  define('tourl', [1, 4], ([url = nothing('text'), name = url, before, behind]) => {
    const texts = [before, name, behind].flatMap(each => (each === undefined ? [] : [textOf(each)]))
    return texts.length === 1 ? textOf(name) : call('concat', ...texts.map(each => coalesce(each, text(''))))
  }),
  define('lookupcontains', [2, 2], (_args, { at }) =>
    refuse('lookup', '"lookupContains" can stand in "where" and before "as"', at),
  ),
  define('hash', [1, 2], (args, { at }) => hash(textOf(arg(args, 0)), literalText(args[1]) ?? 'md5', at)),
  define('isnull', [1, 1], args => isNull(arg(args, 0))),
  define('isempty', [1, 1], args => isEmpty(arg(args, 0))),
  define('isblank', [1, 1], args => isEmpty(call('trim', textOf(arg(args, 0)), SPACE))),
]

/** Encodings in which a character of ASCII has bytes that are 0 before or behind it, in hexadecimal digits. */
const WIDE: ReadonlyMap<string, string> = new Map([
  ['UTF16', '00(..)'],
  ['UTF16BE', '00(..)'],
  ['UTF16LE', '(..)00'],
  ['UTF32', '000000(..)'],
  ['UTF32BE', '000000(..)'],
  ['UTF32LE', '(..)000000'],
])

/** What is no base64 comes back as it is. Of the wider encodings what is ASCII can be read: all its other bytes are 0. */
function decoded(value: Scalar, encoding: string): Scalar {
  const found = call('base64_decode', value)
  const wide = WIDE.get(encoding.toUpperCase().replace('-', ''))
  if (wide === undefined) return coalesce(found, value)
  const bytes = call('hexadecimal_of_text', found)
  const regex = { source: wide, caseless: false, multiline: false, dotall: false }
  const narrow: Scalar = { kind: 'substitute', of: bytes, regex, by: '\\1', all: true, type: 'text' }
  return coalesce(call('text_of_hexadecimal', narrow), value)
}

/** An empty text is in an empty text only. */
function contains(value: Scalar, part: Scalar): Scalar {
  const found = compare('gt', call('place_of', value, part), number(0))
  const fixed = literalText(part)
  if (fixed !== undefined && fixed !== '') return known(found)
  const empty = (of: Scalar) => compare('eq', of, text(''), { how: 'text' })
  return known(both(found, either(not(empty(part)), empty(value))))
}

function isEmpty(value: Scalar): Scalar {
  if (value.type === 'number' || value.type === 'boolean') return isNull(value)
  return either(isNull(value), known(compare('eq', textOf(value), text(''), { how: 'text' })))
}

/** The place of a part, counted from 0 and perhaps only from a place on; -1 if it is not there. */
function placeOf(value: Scalar, part: Scalar, from: Scalar | undefined): Scalar {
  if (from === undefined) return call('subtract', call('place_of', value, part), number(1))
  const rest = call('substring', value, call('add', numberOf(from), number(1)), number(1e9))
  const place = call('place_of', rest, part)
  const whole = call('subtract', call('add', place, numberOf(from)), number(1))
  return choose(compare('gt', place, number(0)), whole, number(-1))
}

/** From a place counted from 0 up to another, which is left out. */
function substring(value: Scalar, from: Scalar, to: Scalar | undefined): Scalar {
  const start = call('add', numberOf(from), number(1))
  const fixed = literalNumber(from)
  if (to === undefined) return call('substring', value, start, number(1e9))
  const end = literalNumber(to)
  const count =
    fixed !== undefined && end !== undefined
      ? number(end - fixed)
      : call('subtract', numberOf(to), numberOf(from))
  return call('substring', value, start, count)
}

function hash(value: Scalar, method: string, at: Parameters<typeof refuse>[2]): Scalar {
  if (/^md5$/i.test(method)) return call('md5', value)
  if (/^sha_?1$/i.test(method)) return call('sha1', value)
  if (/^sha2?_?256$/i.test(method)) return call('sha256', value)
  return refuse('unsupported', `there is no hash "${method}" here`, at, 'there are md5, sha1 and sha2_256')
}
