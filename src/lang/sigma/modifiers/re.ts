import type { Regex } from '../../../plan/expr.ts'
import { checkRegex, regex } from '../../../plan/regex.ts'
import { changeEach, type Modifier, rawText } from './modifier.ts'

/** An RE2 pattern, searched anywhere in the value, with case. */
const re: Modifier = {
  names: ['re'],
  family: 'regex',
  apply(item, reading) {
    return changeEach(item, (operand, at) => {
      const source = rawText(operand)
      const reason = source === undefined ? 'it is not a text' : checkRegex(source)
      if (source !== undefined && reason === undefined) return { kind: 'regex', regex: regex(source) }
      reading.problems.error('sigma/regex', `the regular expression cannot be used: ${reason}`, {
        at,
        help: help(reason ?? ''),
      })
      return undefined
    })
  },
}

/** `re` and its flags. */
export const regexes: readonly Modifier[] = [
  re,
  flag(['i', 'ignorecase'], { caseless: true }),
  flag(['m', 'multiline'], { multiline: true }),
  flag(['s', 'dotall'], { dotall: true }),
]

function flag(names: Modifier['names'], set: Partial<Regex>): Modifier {
  return {
    names,
    family: 'flag',
    apply: item =>
      changeEach(item, operand =>
        operand.kind === 'regex' ? { kind: 'regex', regex: { ...operand.regex, ...set } } : operand,
      ),
  }
}

function help(reason: string): string {
  if (/looks around|refers back/.test(reason)) {
    return 'expressions run in time linear in the text, which rules this out; use a second item, with "not" if need be'
  }
  if (/repeat count/.test(reason)) return 'a repetition goes up to 1000, and the larger number comes last'
  return /too large|longer/.test(reason) ? 'write a list of several expressions' : 'the syntax is that of RE2'
}
