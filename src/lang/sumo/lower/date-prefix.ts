import type { Regex } from '../../../plan/expr.ts'
import type { Scalar } from '../../../plan/scalar.ts'

/** The beginning of a text that one of Java's date patterns can read; null if there is none. */
export function datePrefix(of: Scalar, pattern: string): Scalar {
  const pieces = [...pattern.matchAll(/'((?:[^']|'')*)'|([A-Za-z])\2*|[^A-Za-z']+|'/g)]
  const parts = pieces.map(([found, quoted], index) => {
    if (quoted !== undefined) return literal(quoted === '' ? "'" : quoted.replaceAll("''", "'"))
    if (!/^[A-Za-z]/.test(found)) return literal(found)
    // Where digits touch, as in yyyyMMdd, each part is as long as it is written.
    const touches = /^[A-Za-z]/.test(pieces[index + 1]?.[0] ?? '')
    return read(found[0] ?? '', found.length, touches)
  })
  const regex: Regex = {
    source: `^\\s*(${parts.join('')})`,
    caseless: false,
    multiline: false,
    dotall: false,
  }
  const caught: Scalar = { kind: 'capture', of, regex, group: 1, all: false, type: 'text' }
  if (!/X/.test(pattern.replace(/'[^']*'/g, ''))) return caught
  const zulu: Regex = { source: 'Z$', caseless: false, multiline: false, dotall: false }
  return { kind: 'substitute', of: caught, regex: zulu, by: '+00:00', all: false, type: 'text' }
}

function read(letter: string, length: number, touches: boolean): string {
  switch (letter) {
    case 'E':
      return '[A-Za-z]+'
    case 'a':
      return '[AaPp][Mm]'
    case 'z':
      return '[A-Za-z][\\w/+:-]*'
    case 'Z':
      return '[+-]\\d{2}:?\\d{2}'
    case 'X':
      return '(?:Z|[+-]\\d{2}(?::?\\d{2})?)'
    case 'S':
      return touches ? `\\d{${length}}` : `\\d{1,${Math.max(length, 3)}}`
    case 'y':
      return length === 2 ? '\\d{2}' : '\\d{4}'
    default:
      if (letter === 'M' && length > 2) return '[A-Za-z]+'
      return touches ? `\\d{${length}}` : `\\d{1,${letter === 'D' ? 3 : 2}}`
  }
}

function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&').replace(/ +/g, ' +')
}
