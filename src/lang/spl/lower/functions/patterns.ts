import type { Span } from '../../../../core/diagnostic.ts'
import { any, one, type PatternPart } from '../../../../plan/pattern.ts'
import type { Scalar } from '../../../../plan/scalar.ts'
import { as, call, nothing } from '../../../../plan/scalars.ts'
import { refuse } from '../context.ts'
import { sought, soughtOf } from '../regexes.ts'
import { anyOf, isNothing, literalOf } from '../values.ts'

/** A pattern of `like`: `%` is any text, `_` one character, a backslash takes their meaning from them. */
function likePattern(value: Scalar, at: Span): readonly PatternPart[] {
  const literal = literalOf(value)
  if (literal === undefined) return refuse('spl/pattern', 'the pattern of like must be a text', at)
  const parts: PatternPart[] = []
  let run = ''
  const flush = (): void => {
    if (run !== '') parts.push(run)
    run = ''
  }
  const source = String(literal)
  for (let place = 0; place < source.length; place++) {
    const sign = source[place] ?? ''
    if (sign === '\\' && /[%_\\]/.test(source[place + 1] ?? '')) run += source[++place] ?? ''
    else if (sign === '%' || sign === '_') {
      flush()
      parts.push(sign === '%' ? any : one)
    } else run += sign
  }
  flush()
  return parts
}

/** Does the value, or any member of a list, fit a pattern of `like`, which may be another field? */
export function likeTest(value: Scalar, pattern: Scalar, at: Span): Scalar {
  if (isNothing(value) || isNothing(pattern)) return nothing('boolean')
  if (literalOf(pattern) === undefined) return anyOf(value, one => call('matches_like', one, pattern))
  const parts = likePattern(pattern, at)
  return anyOf(value, one => ({
    kind: 'like',
    of: as('text', one),
    pattern: parts,
    caseless: false,
    type: 'boolean',
  }))
}

/** Is there a match of the expression anywhere in the value, or in any member of a list? */
export function matches(value: Scalar, pattern: Scalar, at: Span): Scalar {
  if (isNothing(value) || isNothing(pattern)) return nothing('boolean')
  const literal = literalOf(pattern)
  if (literal === undefined) return anyOf(value, one => call('matches', one, pattern))
  const wanted = soughtOf(String(literal), at)
  return anyOf(value, of => sought(textual(of), wanted))
}

function textual(value: Scalar): Scalar {
  return value.type === 'text' ? value : call('concat', value)
}
