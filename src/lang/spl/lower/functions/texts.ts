import type { Regex } from '../../../../plan/expr.ts'
import type { FunctionName } from '../../../../plan/functions.ts'
import type { Scalar } from '../../../../plan/scalar.ts'
import { as, call, choose, compare, known, number, text } from '../../../../plan/scalars.ts'
import { regexOf } from '../regexes.ts'
import { eachText, isNothing, literalOf } from '../values.ts'
import { type EvalFunction, type EvalFunctions, takes } from './function.ts'

const length = takes(1, 1, ({ value }) => call('length', value(0)))

/** Functions of texts; of a list they make a list. */
export const texts: EvalFunctions = {
  lower: one('lower'),
  upper: one('upper'),
  urldecode: one('url_decode'),
  len: length,
  length,
  trim: trimmed('trim'),
  ltrim: trimmed('trim_left'),
  rtrim: trimmed('trim_right'),
  substr: takes(2, 3, ({ value, args }) => {
    const length = args.length === 3 ? value(2) : number(1e9)
    return eachText(value(0), part => call('substring', part, value(1), length))
  }),
  replace: takes(3, 3, ({ value, at }) => {
    const [pattern, by] = [literalOf(value(1)), literalOf(value(2))]
    if (isNothing(value(0)) || isNothing(value(1)) || isNothing(value(2))) return text(null)
    if (pattern === undefined || by === undefined) {
      const source = pattern === undefined ? value(1) : inline(regexOf(String(pattern), at))
      return eachText(value(0), of => call('replace_matches', of, source, value(2)))
    }
    const regex = regexOf(String(pattern), at)
    return eachText(value(0), of => ({
      kind: 'substitute',
      of,
      regex,
      by: String(by),
      all: true,
      type: 'text',
    }))
  }),
  strlen: length,
}

function one(fn: FunctionName): EvalFunction {
  return takes(1, 1, ({ value }) => eachText(value(0), part => call(fn, part)))
}

function trimmed(fn: 'trim' | 'trim_left' | 'trim_right'): EvalFunction {
  return takes(1, 2, ({ value, args }) => {
    const signs: Scalar = args.length === 1 ? text(' \t') : as('text', value(1))
    const whole = (part: Scalar) =>
      choose(known(compare('eq', signs, text(''), { how: 'text' })), part, call(fn, part, signs))
    return eachText(value(0), part => (args.length === 1 ? call(fn, part, signs) : whole(part)))
  })
}

/** A regular expression as a text that holds its flags. */
function inline({ source, caseless, multiline, dotall }: Regex): Scalar {
  const flags = `${caseless ? 'i' : ''}${multiline ? 'm' : ''}${dotall ? 's' : ''}`
  return text(flags === '' ? source : `(?${flags})${source}`)
}
