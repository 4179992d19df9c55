import type { Scalar } from '../../../../plan/scalar.ts'
import { as, call, number, text } from '../../../../plan/scalars.ts'

const CODE = /%([-+ 0#]*)(\d{0,3})(?:\.(\d{1,2}))?([diuoxXcsfFeEgG%])/g

/** The text that a format makes of values, by the codes of printf; `fail` is told what cannot be done. */
export function printed(format: string, values: readonly Scalar[], fail: (problem: string) => never): Scalar {
  const parts: Scalar[] = []
  let from = 0
  let next = 0
  for (const found of format.matchAll(CODE)) {
    parts.push(text(format.slice(from, found.index)))
    from = found.index + found[0].length
    if (found[4] === '%') parts.push(text('%'))
    else {
      const value = values[next++]
      if (value === undefined) return fail(`printf has no value for "${found[0]}"`)
      parts.push(coded(found, value))
    }
  }
  const rest = format.slice(from)
  if (format.replaceAll(CODE, '').includes('%'))
    return fail('printf knows %d %i %u %o %x %X %c %s %f %e %g and %%, with flags, width and precision')
  return call('concat', ...parts, text(rest))
}

function coded([, flags = '', width = '', places, code = 's']: readonly string[], value: Scalar): Scalar {
  const precision = places === undefined ? '' : `.${places}`
  const spec = (letter: string): Scalar => text(`%${flags}${width}${precision}${letter}`)
  switch (code) {
    case 's':
      return call('format_text', text(`%${flags.includes('-') ? '-' : ''}${width}${precision}s`), value)
    case 'c':
      return call('format_text', text(`%${flags.includes('-') ? '-' : ''}${width}s`), firstSign(value))
    case 'f':
    case 'F':
    case 'e':
    case 'E':
    case 'g':
    case 'G':
      return call('format_number', spec(code), value)
    default:
      return call('format_integer', spec(code === 'i' || code === 'u' ? 'd' : code), value)
  }
}

function firstSign(value: Scalar): Scalar {
  return call('substring', as('text', value), number(1), number(1))
}
