import { never } from '../../../core/never.ts'
import type { Lowering } from '../../../plan/lowering.ts'
import { regex } from '../../../plan/regex.ts'
import type { Scalar } from '../../../plan/scalar.ts'
import { both, either, isNull, known, not, truth } from '../../../plan/scalars.ts'
import type { Scope } from '../syntax.ts'
import { type Context, type Flow, fieldValue, find } from './flow.ts'
import { glob, isAnything } from './glob.ts'
import { keywordPattern, phrasePattern } from './keywords.ts'
import { composed } from './subquery.ts'
import { comparedText, filled } from './texts.ts'
import { compare } from './value-of.ts'
import { literalText, textOf } from './values.ts'

/** What Sumo Logic says of every message; our logs may lack it. */
const BUILT_IN =
  /^_(?:sourcecategory|sourcehost|sourcename|source|collector|index|view|datatier|sourceid|collectorid|loglevel|format)$/i

/** A scope as a test that is true or false. */
export function* scopeTest(scope: Scope, flow: Flow, context: Context): Lowering<Scalar> {
  switch (scope.kind) {
    case 'everything':
    case 'template':
      return truth(true)
    case 'keyword':
      return searched(keywordPattern(filled(scope.raw), !context.strict), flow, context)
    case 'phrase':
      return searched(phrasePattern(filled(scope.raw), !context.strict), flow, context)
    case 'metadata':
      return metadata(scope, flow, context)
    case 'subquery':
      return yield* composed(scope.pipeline, flow, context)
    case 'not':
      return not(yield* scopeTest(scope.of, flow, context))
    case 'and':
    case 'or': {
      const tests: Scalar[] = []
      for (const part of scope.of) tests.push(yield* scopeTest(part, flow, context))
      return scope.kind === 'and' ? both(...tests) : either(...tests)
    }
    default:
      return never(scope)
  }
}

/** Does the message hold this? The pattern is a regular expression, or undefined for anything. */
function searched(pattern: string | undefined, flow: Flow, context: Context): Scalar {
  if (pattern === undefined) return truth(true)
  const of = textOf(fieldValue(flow, context, '_raw'))
  return known({ kind: 'search', of, regex: regex(pattern, { caseless: true }), type: 'boolean' })
}

/** In any case. What says nothing of its built-in metadata may be anything, unless the reading is strict. */
function metadata(scope: Extract<Scope, { kind: 'metadata' }>, flow: Flow, context: Context): Scalar {
  const { name, op, raw, quoted, at } = scope
  const wanted = comparedText(filled(raw))
  const pattern = quoted && !raw.includes('{{') ? [wanted] : glob(wanted)
  const missing = BUILT_IN.test(name) && !context.strict
  if (missing && find(flow, name) === undefined) {
    noteMissing(scope, context)
    return truth(true)
  }
  if (op === '=' && isAnything(pattern) && raw.includes('{{')) return truth(true)
  const value = fieldValue(flow, context, name, at)
  const text = textOf(value)
  const holds =
    op === '=' || op === '!='
      ? known({ kind: 'like', of: text, pattern, caseless: true, type: 'boolean' })
      : compare(op, value, { kind: 'literal', value: wanted, type: 'text' })
  const test = op === '!=' ? both(not(isNull(value)), not(holds)) : holds
  return missing && literalText(value) === undefined ? either(isNull(value), test) : test
}

function noteMissing({ name, at }: Extract<Scope, { kind: 'metadata' }>, context: Context): void {
  context.environment.note({
    code: 'sumo/no-metadata',
    severity: 'warning',
    message: `the messages do not say their ${name}: this condition lets all of them through`,
    at,
    help: `give the input a ${name}, or use --strict`,
  })
}
