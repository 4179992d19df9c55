import { parseTime } from '../../core/time.ts'

const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ')

/** What a directive of `strptime` reads, as a named group; those without a name are passed over. */
const DIRECTIVES: { readonly [letter: string]: string | undefined } = {
  Y: '(?<year>\\d{4})',
  y: '(?<short>\\d\\d)',
  m: '(?<month>\\d\\d?)',
  b: '(?<name>[A-Za-z]{3})[a-z]*',
  B: '(?<name>[A-Za-z]{3})[a-z]*',
  d: ' ?(?<day>\\d\\d?)',
  e: ' ?(?<day>\\d\\d?)',
  H: '(?<hour>\\d\\d?)',
  I: '(?<hour>\\d\\d?)',
  M: '(?<minute>\\d\\d)',
  S: '(?<second>\\d\\d)',
  f: '(?<fraction>\\d{1,9})',
  p: '(?<half>[AaPp])[Mm]',
  z: '(?<zone>Z|[+-]\\d\\d:?\\d\\d)',
  Z: '[A-Za-z]{1,5}',
  a: '[A-Za-z]{3,9}',
  A: '[A-Za-z]{3,9}',
  '%': '%',
}

/** Several directives in one. */
const TOGETHER: { readonly [letter: string]: string | undefined } = {
  T: '%H:%M:%S',
  F: '%Y-%m-%d',
  D: '%m/%d/%y',
}

/** Reads times of a pattern of `strptime`, in UTC ms; a time without a zone is of `zone`, in minutes east of UTC. */
export type TimeReader = (text: string) => number | undefined

/** The reader of a pattern; a reason for people if it is none: it needs year, month and day, each part once. */
export function timeReader(pattern: string, zone: number): TimeReader | string {
  const whole = pattern.replace(/%([TFD])/g, (found, letter: string) => TOGETHER[letter] ?? found)
  const unknown: string[] = []
  const source = whole.replace(/%(.)|[^%]+|%/g, (found, letter: string | undefined) => {
    if (letter === undefined) return found.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
    const directive = DIRECTIVES[letter]
    if (directive === undefined) unknown.push(found)
    return directive ?? ''
  })
  if (unknown.length > 0) return `there is no directive ${unknown.join(', ')}`
  for (const [part, forms] of NEEDED)
    if (!forms.some(form => source.includes(`(?<${form}>`))) return `it has no ${part}`
  const names = source.match(/\(\?<\w+>/g) ?? []
  if (new Set(names).size < names.length) return 'a part stands in it twice'
  const form = new RegExp(`^${source}$`)
  return text => {
    const groups = form.exec(text)?.groups
    return groups === undefined ? undefined : timeOf(groups, zone)
  }
}

const NEEDED = [
  ['year', ['year', 'short']],
  ['month', ['month', 'name']],
  ['day', ['day']],
] as const

function timeOf(parts: { readonly [part: string]: string | undefined }, zone: number): number | undefined {
  const { year = `20${parts['short']}`, day = '', minute = '00', second = '00', fraction = '0', name } = parts
  const month = parts['month'] ?? String(MONTHS.indexOf((name ?? '').toLowerCase()) + 1)
  const local = parts['zone'] === undefined
  const date = `${year}-${month}-${day} ${hourOf(parts)}:${minute}:${second}.${fraction}`
  const time = parseTime(`${date}${parts['zone'] ?? 'Z'}`)
  return time === undefined || !local ? time : time - zone * 60_000
}

function hourOf({ hour = '0', half }: { readonly [part: string]: string | undefined }): string {
  if (half === undefined) return hour
  return String((Number(hour) % 12) + (half.toLowerCase() === 'p' ? 12 : 0))
}
