import type { Span } from '../../../core/diagnostic.ts'
import { regex as plainRegex } from '../../../plan/regex.ts'
import type { Scalar } from '../../../plan/scalar.ts'
import { call, choose, compare, known, number, text } from '../../../plan/scalars.ts'
import { refuse } from './context.ts'
import { regexOf, uncaptured } from './regexes.ts'
import { eachText } from './values.ts'

/** `s/regex/text/flags` and `y/abc/xyz/`, as sed knows them. */
export function edited(of: Scalar, script: string, at: Span): Scalar {
  const parts = sedParts(script)
  if (parts === undefined) {
    return refuse('spl/sed', `"${script}" is no command of sed`, at, 'there is s/regex/text/g and y/abc/xyz/')
  }
  const { kind, from, to, flags } = parts
  if (kind === 'y') {
    const signs = [...from]
    const news = [...to]
    return eachText(of, one =>
      signs.reduce(
        (before, sign, place) => call('replace_text', before, text(sign), text(news[place] ?? '')),
        one,
      ),
    )
  }
  const nth = Number(/\d{1,3}/.exec(flags)?.[0] ?? 1)
  if (nth > 1) return eachText(of, one => nthReplaced(one, parts, nth, at))
  const regex = { ...regexOf(from, at), caseless: flags.includes('i') || plainRegex(from).caseless }
  return eachText(of, one => ({
    kind: 'substitute',
    of: one,
    regex,
    by: to,
    all: flags.includes('g'),
    type: 'text',
  }))
}

/** The matches before the one that is meant are part of the pattern, and stay. */
function nthReplaced(of: Scalar, { from, to, flags }: Sed, nth: number, at: Span): Scalar {
  const before = `(?:[\\s\\S]*?(?:${uncaptured(from)})){${nth - 1}}[\\s\\S]*?`
  const caseless = flags.includes('i')
  const regex = { ...regexOf(`^(${before})(${from})`, at), caseless }
  const by = `\\1${to.replaceAll(/\\(\d)/g, (_, group: string) => `\\${Number(group) + 2}`)}`
  const all: Scalar = {
    kind: 'capture',
    of,
    regex: { ...regexOf(`(${uncaptured(from)})`, at), caseless },
    group: 1,
    all: true,
    type: 'list',
  }
  const enough = known(compare('gte', call('list_length', all), number(nth)))
  return choose(enough, { kind: 'substitute', of, regex, by, all: false, type: 'text' }, of)
}

interface Sed {
  readonly kind: 's' | 'y'
  readonly from: string
  readonly to: string
  readonly flags: string
}

function sedParts(script: string): Sed | undefined {
  const kind = script[0]
  const sign = script[1]
  if ((kind !== 's' && kind !== 'y') || sign === undefined) return undefined
  const parts: string[] = ['']
  for (let at = 2; at < script.length; at++) {
    const next = script[at] ?? ''
    if (next === '\\' && script[at + 1] === sign) parts.push((parts.pop() ?? '') + (script[++at] ?? ''))
    else if (next === '\\') parts.push(`${parts.pop() ?? ''}\\${script[++at] ?? ''}`)
    else if (next === sign) parts.push('')
    else parts.push((parts.pop() ?? '') + next)
  }
  const [from = '', to, flags = ''] = parts
  return to === undefined || from === '' || parts.length > 3
    ? undefined
    : { kind, from, to, flags: flags.trim() }
}
