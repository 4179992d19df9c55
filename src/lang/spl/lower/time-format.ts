import type { Scalar } from '../../../plan/scalar.ts'
import { call, number, text } from '../../../plan/scalars.ts'

/** Codes of Splunk's time formats that the plan's have under another name; times are UTC. */
const CODES: readonly (readonly [RegExp, string])[] = [
  [/^%F/, '%Y-%m-%d'],
  [/^%T/, '%H:%M:%S'],
  [/^%D/, '%m/%d/%y'],
  [/^%R/, '%H:%M'],
  [/^%c/, '%a %b %d %H:%M:%S %Y'],
  [/^%x/, '%m/%d/%Y'],
  [/^%X/, '%H:%M:%S'],
  [/^%h/, '%b'],
  [/^%v/, '%d-%b-%Y'],
  [/^%g/, '%y'],
  [/^%(?:3N|3Q|Q|q|3q)/, '%g'],
  [/^%(?:6N|6Q|f)/, '%f'],
  [/^%(?:9N|9Q|N)/, '%f000'],
  [/^%Ez/, '+0'],
  [/^%Z/, 'UTC'],
  [/^%::?z/, '+00:00'],
  [/^%z/, '+0000'],
  [/^%\+/, '%a %b %d %H:%M:%S UTC %Y'],
  [/^%n/, '\n'],
  [/^%t/, '\t'],
  // Those of the same name.
  [/^%(?:-[dmyHIMSj]|[aAwudbBmyYHIpMSjUWGV%])/, '$&'],
]

/** What is written in a way of its own: the code, and whether it is padded to two places. */
const PIECES = /%(?:%|[sekl]|[^%sekl])|[^%]+|%/g

/** A time as a text by Splunk's format, in UTC. Codes that Splunk does not know stay as they are. */
export function writeTime(time: Scalar, format: string): Scalar {
  const parts: (string | Scalar)[] = []
  for (const [part] of format.matchAll(PIECES)) {
    const own = ownPiece(time, part)
    const last = parts.at(-1)
    if (own === undefined && typeof last === 'string') parts.splice(-1, 1, last + part)
    else parts.push(own ?? part)
  }
  const pieces = parts.map(part =>
    typeof part === 'string' ? call('format_time', time, text(translated(part))) : part,
  )
  const [only = text('')] = pieces
  return pieces.length < 2 ? only : call('concat', ...pieces)
}

/** Seconds since 1970, and numbers with a space in the place of their zero. */
function ownPiece(time: Scalar, code: string): Scalar | undefined {
  if (code === '%s') return call('text_of_number', call('floor', time))
  const plain = new Map([
    ['%e', '%-d'],
    ['%k', '%-H'],
    ['%l', '%-I'],
  ]).get(code)
  if (plain === undefined) return undefined
  return call('pad_left', call('format_time', time, text(plain)), number(2), text(' '))
}

function translated(format: string): string {
  let written = ''
  for (let at = 0; at < format.length; ) {
    const rest = format.slice(at, at + 4)
    const found = format[at] === '%' ? CODES.find(([regex]) => regex.test(rest)) : undefined
    const code = found?.[0].exec(rest)?.[0]
    written +=
      code === undefined ? (format[at] === '%' ? '%%' : format[at]) : found?.[1] === '$&' ? code : found?.[1]
    at += code?.length ?? 1
  }
  return written
}
