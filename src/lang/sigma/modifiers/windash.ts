import type { Pattern, PatternPart } from '../../../plan/pattern.ts'
import { limits } from '../limits.ts'
import { changeEach, type Modifier } from './modifier.ts'

/** A dash or slash that starts a word stands for all five that Windows tools take for it. */
export const windash: Modifier = {
  names: ['windash'],
  family: 'dash',
  apply(item, reading) {
    return changeEach(item, (operand, at) => {
      if (operand.kind !== 'text') return operand
      const count = DASHES.length ** operand.pattern.reduce((sum, part) => sum + cut(part).length - 1, 0)
      if (count <= limits.values) {
        return variants(operand.pattern).map(pattern => ({ kind: 'text', raw: operand.raw, pattern }))
      }
      reading.problems.error(
        'sigma/too-many-values',
        `"windash" makes more than ${limits.values} values of this one`,
        {
          at,
        },
      )
      return undefined
    })
  },
}

const DASHES = ['-', '/', '–', '—', '―'] as const
const STARTS_WORD = /(?<![\p{L}\p{N}_])[-/–—―](?=[\p{L}\p{N}_])/gu

function cut(part: PatternPart): readonly string[] {
  return typeof part === 'string' ? part.split(STARTS_WORD) : ['']
}

function variants(pattern: Pattern): readonly Pattern[] {
  return pattern.reduce<readonly Pattern[]>(
    (done, part) => done.flatMap(before => partVariants(part).map(variant => [...before, variant])),
    [[]],
  )
}

function partVariants(part: PatternPart): readonly PatternPart[] {
  if (typeof part !== 'string') return [part]
  const [first = '', ...rest] = cut(part)
  return rest.reduce<readonly string[]>(
    (texts, piece) => texts.flatMap(text => DASHES.map(dash => text + dash + piece)),
    [first],
  )
}
