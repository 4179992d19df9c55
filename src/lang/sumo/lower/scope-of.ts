import { never } from '../../../core/never.ts'
import type { Lowering } from '../../../plan/lowering.ts'
import type { Pattern } from '../../../plan/pattern.ts'
import { filter, select } from '../../../plan/pipeline.ts'
import { checkRegex, regex } from '../../../plan/regex.ts'
import type { Scalar } from '../../../plan/scalar.ts'
import { both, column, either, isNull, known, not, text, truth } from '../../../plan/scalars.ts'
import type { Scope } from '../syntax.ts'
import { fallbacks } from './fallbacks.ts'
import { type Context, type Flow, fieldValue, find } from './flow.ts'
import { glob, isAnything } from './glob.ts'
import { keywordPattern, phrasePattern } from './keywords.ts'
import { refuse } from './refuse.ts'
import { composed } from './subquery.ts'
import { comparedText, filled } from './texts.ts'
import { compare } from './value-of.ts'
import { textOf } from './values.ts'

type Metadata = Extract<Scope, { kind: 'metadata' }>

/** What Sumo Logic says of every message; our logs may lack it. */
const BUILT_IN =
  /^_(?:sourcecategory|sourcehost|sourcename|source|collector|index|view|datatier|sourceid|collectorid|loglevel|format)$/i

/** Fields that the collectors of Sumo Logic's apps are told to give every message; no log has them by itself. */
const TAGS =
  /^(?:sumo\.datasource|deployment\.environment|host\.group|(?:db|webengine|messaging|cache|proxy)\.(?:system|cluster\.\w+|node\.\w+)|(?:db|webserver|messaging|cache|proxy)_(?:system|cluster|farm)|tenant_name|subscription_id|resource_group|resource_name|resource_type|provider_name|analytics_tier|component|x-gitlab-event|x-event-key|x-github-event)$/i

/** Of Amazon's namespaces too, by which logs and metrics are found together. */
function isTag(name: string, raw: string): boolean {
  return TAGS.test(name) || (/^namespace$/i.test(name) && /^aws\//i.test(raw))
}

interface Place {
  readonly flow: Flow
  readonly context: Context
  /** No message has any of the wanted categories: they do not count. */
  readonly open: boolean
  /** Behind a NOT, where what lets everything through is what nothing fits. */
  readonly negated: boolean
}

/** A scope as a test that is true or false. */
export function* scopeTest(scope: Scope, flow: Flow, context: Context): Lowering<Scalar> {
  return yield* tested(scope, { flow, context, open: yield* isOpen(scope, flow, context), negated: false })
}

function* tested(scope: Scope, place: Place): Lowering<Scalar> {
  const { flow, context } = place
  switch (scope.kind) {
    case 'everything':
    case 'template':
      return truth(true)
    case 'keyword':
      return searched(keywordPattern(filled(scope.raw), !context.strict), scope, place)
    case 'phrase':
      return searched(phrasePattern(filled(scope.raw), !context.strict), scope, place)
    case 'metadata':
      return metadata(scope, place)
    case 'subquery':
      return yield* composed(scope.pipeline, flow, context)
    case 'not':
      return not(yield* tested(scope.of, { ...place, negated: !place.negated }))
    case 'and':
    case 'or': {
      const tests: Scalar[] = []
      for (const part of scope.of) tests.push(yield* tested(part, place))
      return scope.kind === 'and' ? both(...tests) : either(...tests)
    }
    default:
      return never(scope)
  }
}

/** The categories of our sources are those that are commonly given. Does the query call its sources otherwise? */
function* isOpen(scope: Scope, flow: Flow, context: Context): Lowering<boolean> {
  const wanted = categoriesIn(scope)
  const [first] = wanted
  if (first === undefined || context.strict || find(flow, CATEGORY)?.type !== 'list') return false
  // A message without a category, which may be of any, is none that has this one.
  const tests = wanted.map(each => metadata(each, { flow, context, open: false, negated: true }))
  const some = select(filter(flow.rows, either(...tests)), [{ name: 'category', value: truth(true) }])
  const { rows } = yield { relation: some.relation, limit: 1, why: 'the categories of the messages' }
  if (rows.length > 0) return false
  context.environment.note({
    code: 'sumo/other-category',
    severity: 'warning',
    message: 'no message has this _sourceCategory: messages of every category are searched',
    at: first.at,
    help: 'with --strict none is',
  })
  return true
}

const CATEGORY = '_sourceCategory'

/** Conditions on the category that are not negated. */
function categoriesIn(scope: Scope): readonly Metadata[] {
  if (scope.kind === 'and' || scope.kind === 'or') return scope.of.flatMap(categoriesIn)
  return scope.kind === 'metadata' && isCategory(scope) && scope.op === '=' ? [scope] : []
}

function isCategory({ name }: Metadata): boolean {
  return name.toLowerCase() === CATEGORY.toLowerCase()
}

/** Does the message hold this? The pattern is a regular expression, or undefined for anything. */
function searched(pattern: string | undefined, { at }: Scope, { flow, context }: Place): Scalar {
  if (pattern === undefined) return truth(true)
  const problem = checkRegex(pattern)
  if (problem !== undefined) refuse('unsupported-keyword', `this cannot be searched for: ${problem}`, at)
  const of = textOf(fieldValue(flow, context, '_raw'))
  return known({ kind: 'search', of, regex: regex(pattern, { caseless: true }), type: 'boolean' })
}

/** In any case. What says nothing of its built-in metadata may be anything, unless the reading is strict. */
function metadata(scope: Metadata, { flow, context, open, negated }: Place): Scalar {
  const { name, op, raw, quoted, at } = scope
  const wanted = comparedText(filled(raw))
  const pattern = quoted && !raw.includes('{{') ? [wanted] : glob(wanted)
  const missing = BUILT_IN.test(name) && !context.strict
  // A field of any value is one that a collector would have given to every message.
  const given = missing || (!context.strict && (isTag(name, raw) || (op === '=' && isAnything(pattern))))
  if (given && [name, ...fallbacks(name)].every(each => find(flow, each) === undefined)) {
    noteMissing(scope, context)
    return truth(!negated)
  }
  if (op === '=' && ((open && isCategory(scope)) || (isAnything(pattern) && raw.includes('{{'))))
    return truth(true)
  const value = fieldValue(flow, context, name, at)
  const equality = op === '=' || op === '!='
  const holds = equality ? fits(value, pattern) : compare(op, value, text(wanted))
  const test = op === '!=' ? both(not(isNull(value)), not(holds)) : holds
  if (!missing) return test
  return negated ? both(not(isNull(value)), test) : either(isNull(value), test)
}

/** Of several values any may fit. */
function fits(value: Scalar, pattern: Pattern): Scalar {
  const one = (of: Scalar): Scalar => ({ kind: 'like', of, pattern, caseless: true, type: 'boolean' })
  if (value.type !== 'list') return known(one(textOf(value)))
  return known({
    kind: 'each',
    how: 'any',
    of: value,
    name: MEMBER,
    body: one(column(MEMBER, 'text')),
    type: 'boolean',
  })
}

const MEMBER = '$member'

function noteMissing({ name, at }: Metadata, context: Context): void {
  context.environment.note({
    code: 'sumo/no-metadata',
    severity: 'warning',
    message: `the messages do not say their ${name}: this condition lets all of them through`,
    at,
    help: 'give the input one, or use --strict',
  })
}
