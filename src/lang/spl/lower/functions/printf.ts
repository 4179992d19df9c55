import type { Scalar } from '../../../../plan/scalar.ts'
import { as, call, choose, compare, known, number, text } from '../../../../plan/scalars.ts'
import { literalOf } from '../values.ts'

const CODE = /%([-+ 0#']*)(\d{0,3}|\*)(\.(?:\d{0,2}|\*))?([diuoxXpcszfFeEgGaA%])/g

const KNOWN =
  "printf knows %d %i %u %o %x %X %p %c %s %z %f %e %g %a and %%, with the flags - + 0 # ' and space, width and precision"

/** The text that a format makes of values, by the codes of printf; `fail` is told what cannot be done. */
export function printed(format: string, values: readonly Scalar[], fail: (problem: string) => never): Scalar {
  const parts: Scalar[] = []
  let from = 0
  let next = 0
  const take = (code: string): Scalar => values[next++] ?? fail(`printf has no value for "${code}"`)
  for (const found of format.matchAll(CODE)) {
    parts.push(text(format.slice(from, found.index)))
    from = found.index + found[0].length
    const [code, flags = '', width = '', precision = '', letter = 's'] = found
    if (letter === '%') parts.push(text('%'))
    else {
      const spec = {
        flags,
        width: part(width, () => take(code)),
        precision: part(precision, () => take(code)),
      }
      parts.push(coded(spec, letter, take(code)))
    }
  }
  const rest = format.slice(from)
  if (format.replaceAll(CODE, '').includes('%')) return fail(KNOWN)
  return call('concat', ...parts, text(rest))
}

interface Spec {
  readonly flags: string
  readonly width: Scalar
  /** With its point. */
  readonly precision: Scalar
}

/** A width or precision as it is written, or the value that stands for its star. */
function part(written: string, take: () => Scalar): Scalar {
  // A point alone means no places.
  if (written === '.') return text('.0')
  if (!written.endsWith('*')) return text(written)
  const value = as('text', take())
  return written === '*' ? value : call('concat', text('.'), value)
}

function coded(spec: Spec, letter: string, value: Scalar): Scalar {
  switch (letter) {
    case 's':
    case 'z':
      return padded(spec, spec.precision, as('text', value))
    case 'c':
      return padded(spec, text(''), value.type === 'number' ? call('character_of', value) : firstSign(value))
    case 'f':
    case 'F':
      if (spec.flags.includes("'")) return padded(spec, text(''), grouped(value, spec.precision))
      return call('format_number', written(spec, letter), value)
    case 'e':
    case 'E':
    case 'g':
    case 'G':
    case 'a':
    case 'A':
      return call('format_number', written(spec, letter), value)
    case 'p':
      return call('format_integer', written(spec, 'X'), value)
    case 'd':
    case 'i':
    case 'u':
      if (spec.flags.includes("'")) return padded(spec, text(''), grouped(call('floor', value), text('.0')))
      return call('format_integer', written(spec, 'd'), value)
    default:
      return call('format_integer', written(spec, letter), value)
  }
}

/** The code for the engine, whose flags know no apostrophe. */
function written({ flags, width, precision }: Spec, letter: string): Scalar {
  return joined(text(`%${flags.replaceAll("'", '')}`), width, precision, text(letter))
}

function padded({ flags, width }: Spec, precision: Scalar, value: Scalar): Scalar {
  const code = joined(text(flags.includes('-') ? '%-' : '%'), width, precision, text('s'))
  return call('format_text', code, value)
}

/** Texts put together, at once if all are known. */
function joined(...parts: readonly Scalar[]): Scalar {
  const literals = parts.map(literalOf)
  return literals.some(literal => literal === undefined) ? call('concat', ...parts) : text(literals.join(''))
}

/** With commas between thousands; six places unless it is said how many. */
function grouped(value: Scalar, precision: Scalar): Scalar {
  const places = call('substring', precision, number(2), number(2))
  const given = known(compare('ne', precision, text(''), { how: 'text' }))
  return call('fixed_grouped', as('number', value), choose(given, as('number', places), number(6)))
}

function firstSign(value: Scalar): Scalar {
  return call('substring', as('text', value), number(1), number(1))
}
