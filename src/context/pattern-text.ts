import { any, one, type Pattern } from '../plan/pattern.ts'

/** The pattern that stands for a text and nothing else. */
export function escapedPattern(text: string): string {
  return text.replace(/[\\*?]/g, sign => `\\${sign}`)
}

/** Does it match everything that it can be held against? */
export function matchesAnything(pattern: Pattern): boolean {
  return pattern.length > 0 && pattern.every(part => typeof part !== 'string')
}

/** The text, in lower case, with which everything begins that it matches. */
export function prefixOf([first]: Pattern): string {
  return typeof first === 'string' ? first.toLowerCase() : ''
}

/** A text as units to compare: a character, or what a wildcard stands for. */
type Unit = string | typeof any | typeof one

function unitsOf(pattern: Pattern): readonly Unit[] {
  return pattern.flatMap((part): readonly Unit[] =>
    typeof part === 'string' ? part.toLowerCase().split('') : [part.wild === 'any' ? any : one],
  )
}

/** A test in time linear in text and pattern for each star; case does not count. */
export function matcher(pattern: Pattern): (lowerText: string) => boolean {
  const units = unitsOf(pattern)
  return lowerText => {
    let unit = 0
    let star = -1
    let mark = 0
    let at = 0
    while (at < lowerText.length) {
      const wanted = units[unit]
      if (wanted === any) {
        star = unit++
        mark = at
      } else if (wanted !== undefined && (wanted === one || wanted === lowerText[at])) {
        unit++
        at++
      } else if (star >= 0) {
        unit = star + 1
        at = ++mark
      } else return false
    }
    while (units[unit] === any) unit++
    return unit === units.length
  }
}

/** Is there a text that both match? */
export function patternsMeet(left: Pattern, right: Pattern): boolean {
  const prefixes = [prefixOf(left), prefixOf(right)].sort((x, y) => x.length - y.length)
  if (prefixes[1]?.startsWith(prefixes[0] ?? '') === false) return false
  const a = unitsOf(left)
  const b = unitsOf(right)
  let row = new Array<boolean>(b.length + 1).fill(false)
  row[0] = true
  for (let column = 0; b[column] === any; column++) row[column + 1] = true
  for (const unit of a) {
    const next = new Array<boolean>(b.length + 1).fill(false)
    next[0] = unit === any && row[0] === true
    for (const [column, other] of b.entries()) {
      const same = unit === one || other === one || unit === other
      next[column + 1] =
        unit === any || other === any
          ? row[column + 1] === true || next[column] === true || row[column] === true
          : same && row[column] === true
    }
    row = next
  }
  return row[b.length] === true
}
