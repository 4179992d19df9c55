/** Codes of Splunk's time formats that the plan's have under another name. */
const CODES: readonly (readonly [RegExp, string])[] = [
  [/^%F/, '%Y-%m-%d'],
  [/^%T/, '%H:%M:%S'],
  [/^%D/, '%m/%d/%y'],
  [/^%R/, '%H:%M'],
  [/^%c/, '%a %b %d %H:%M:%S %Y'],
  [/^%x/, '%m/%d/%Y'],
  [/^%X/, '%H:%M:%S'],
  [/^%e/, '%-d'],
  [/^%k/, '%-H'],
  [/^%l/, '%-I'],
  [/^%h/, '%b'],
  [/^%v/, '%d-%b-%Y'],
  [/^%(?:3N|3Q|Q|q|3q)/, '%g'],
  [/^%(?:6N|6Q|N)/, '%f'],
  [/^%(?:9N|9Q)/, '%n'],
  [/^%Z/, 'UTC'],
  [/^%::?z/, '+00:00'],
  [/^%z/, '+0000'],
  [/^%\+/, '%a %b %d %H:%M:%S UTC %Y'],
  [/^%n/, '\n'],
  [/^%t/, '\t'],
]

/** The format to write times with, which are UTC. */
export function writingFormat(format: string): string {
  return translated(format, CODES)
}

/** The format to read times with: an offset is read as it stands. */
export function readingFormat(format: string): string {
  return translated(format, [[/^%Z/, '%Z'], [/^%(?:::?)?z/, '%z'], ...CODES])
}

function translated(format: string, codes: readonly (readonly [RegExp, string])[]): string {
  let text = ''
  for (let at = 0; at < format.length; ) {
    const rest = format.slice(at, at + 4)
    const found = format[at] === '%' ? codes.find(([regex]) => regex.test(rest)) : undefined
    const length = found?.[0].exec(rest)?.[0].length
    if (found !== undefined && length !== undefined) {
      text += found[1]
      at += length
    } else {
      const step = format[at] === '%' ? 2 : 1
      text += format.slice(at, at + step)
      at += step
    }
  }
  return text
}
