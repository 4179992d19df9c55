/** Letters of Java's date patterns by the strftime directive for runs of at least that length. */
const LETTERS: Readonly<Record<string, readonly (readonly [number, string])[]>> = {
  y: [
    [3, '%Y'],
    [2, '%y'],
    [1, '%Y'],
  ],
  Y: [[1, '%Y']],
  u: [[1, '%u']],
  M: [
    [4, '%B'],
    [3, '%b'],
    [2, '%m'],
    [1, '%-m'],
  ],
  d: [
    [2, '%d'],
    [1, '%-d'],
  ],
  D: [[1, '%j']],
  E: [
    [4, '%A'],
    [1, '%a'],
  ],
  H: [
    [2, '%H'],
    [1, '%-H'],
  ],
  h: [
    [2, '%I'],
    [1, '%-I'],
  ],
  m: [
    [2, '%M'],
    [1, '%-M'],
  ],
  s: [
    [2, '%S'],
    [1, '%-S'],
  ],
  S: [
    [4, '%f'],
    [1, '%g'],
  ],
  a: [[1, '%p']],
  w: [[1, '%W']],
  z: [[1, '%Z']],
  Z: [[1, '%z']],
  X: [[1, '%z']],
}

/** A date pattern of Java's as strftime's; `undefined` if it holds a letter that has no such directive. */
export function strftime(pattern: string): string | undefined {
  const parts: string[] = []
  for (const [found, quoted] of pattern.matchAll(/'((?:[^']|'')*)'|([A-Za-z])\2*|[^A-Za-z']+|'/g)) {
    if (quoted !== undefined)
      parts.push((quoted === '' ? "'" : quoted.replaceAll("''", "'")).replaceAll('%', '%%'))
    else if (!/^[A-Za-z]/.test(found)) parts.push(found.replaceAll('%', '%%'))
    else {
      const directive = LETTERS[found[0] ?? '']?.find(([least]) => found.length >= least)
      if (directive === undefined) return undefined
      parts.push(directive[1])
    }
  }
  return parts.join('')
}

/** For reading a date: every part may lack its leading zeros, and milliseconds are a fraction. */
export function strptime(pattern: string): string | undefined {
  return strftime(pattern)
    ?.replace(/%-/g, '%')
    .replace(/(?<=%g|%f)%f/g, '')
}
