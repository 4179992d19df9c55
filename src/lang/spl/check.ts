import { type Diagnostic, Problems, type Span } from '../../core/diagnostic.ts'
import { nearest } from '../../core/nearest.ts'
import { Refusal } from '../../plan/lowering.ts'
import { UNSUPPORTED } from './commands/unsupported.ts'
import { aggregateNames, isAggregate } from './lower/aggregate-functions.ts'
import { findFunction, functionNames } from './lower/functions/index.ts'
import { namedGroups, regexOf, soughtOf } from './lower/regexes.ts'
import { numberOf, optionOf } from './options.ts'
import type { Aggregation, Expression, Name, Search, Stages } from './syntax/tree.ts'
import { objectsIn } from './walk.ts'

/** What a search uses that does not run: commands, functions, and functions with a wrong number of arguments. */
export function checked(search: Search): readonly Diagnostic[] {
  const problems = new Problems()
  const nodes = [...objectsIn(search)]
  const aggregates = new Set(
    nodes.filter(node => node['fn'] === 'eval').flatMap(node => [...objectsIn(node)]),
  )
  for (const node of nodes) {
    if (node['kind'] === 'call' && aggregates.has(node) && isAggregateCall(String(node['name']))) continue
    if (node['kind'] === 'call') checkCall(node as unknown as Call, problems)
    if (TERMS.has(String(node['kind']))) checkToken(node, problems)
    if (node['kind'] === 'unsupported') unsupported(String(node['name']), node['at'] as Span, problems)
    if (node['kind'] === 'regex') checkPattern(String(node['pattern']), node['at'] as Span, problems)
    if (node['kind'] === 'rex') checkRex(node as unknown as Stages['rex'], problems)
    if (node['kind'] === 'mstats') unsupported('mstats', node['at'] as Span, problems)
    if (node['kind'] === 'chart' || node['kind'] === 'timechart')
      checkSeries(node as unknown as Stages['chart'], problems)
    if (Array.isArray(node['aggregations'])) {
      for (const aggregation of node['aggregations'] as readonly Aggregation[])
        checkAggregation(aggregation, problems)
      checkGroups(node['by'], problems)
    }
  }
  return problems.list
}

/** `sum(x)` inside of `eval(…)` among aggregates, and `eval(…)` inside of that. */
function isAggregateCall(name: string): boolean {
  return isAggregate(name) || name === 'eval'
}

type Call = Extract<Expression, { kind: 'call' }>

/** Where functions take a regular expression. */
const PATTERNS: ReadonlyMap<string, number> = new Map([
  ['match', 1],
  ['mvfind', 1],
  ['replace', 1],
])

const TERMS: ReadonlySet<string> = new Set(['compare', 'in', 'word', 'string'])
const TOKEN = /\$[A-Za-z_][\w.:]*(?:\|[a-z])?\$/
const WHOLE_TOKEN = new RegExp(`^${TOKEN.source}$`)

/** What a dashboard or an alert puts in before a search runs. */
function checkToken(node: { readonly [key: string]: unknown }, problems: Problems): void {
  const values = Array.isArray(node['values']) ? (node['values'] as readonly unknown[]) : []
  // In an expression a text may be a regular expression, where the signs mean something else.
  const pattern = node['kind'] === 'string' ? WHOLE_TOKEN : TOKEN
  for (const text of [node['value'], node['text'], ...values]) {
    const token = typeof text === 'string' ? pattern.exec(text)?.[0] : undefined
    if (token === undefined) continue
    problems.error(
      'spl/unsupported-token',
      `"${token}" is a token, which Splunk fills in before it searches`,
      {
        at: node['at'] as Span,
        help: 'write the value in its place',
      },
    )
    return
  }
}

function checkPattern(
  source: string,
  at: Span,
  problems: Problems,
  looks: 'all' | 'first' | 'none' = 'all',
): void {
  try {
    if (looks === 'none') regexOf(source, at)
    else soughtOf(source, at, {}, looks === 'all')
  } catch (thrown) {
    if (!(thrown instanceof Refusal)) throw thrown
    problems.list.push(thrown.problem)
  }
}

function checkRex({ pattern, options, at }: Stages['rex'], problems: Problems): void {
  if (optionOf(options, 'mode') !== undefined) return
  checkPattern(pattern, at, problems, numberOf(options, 'max_match', 1) === 1 ? 'all' : 'first')
  if (namedGroups(pattern).length > 0) return
  const help = 'name one: (?<field>…)'
  problems.error('spl/regex', 'the regular expression of rex names no group', { at, help })
}

function unsupported(name: string, at: Span, problems: Problems): void {
  const reason = UNSUPPORTED.get(name) ?? 'it is not implemented here'
  problems.error('spl/unsupported-command', `the command "${name}" does not run: ${reason}`, { at })
}

function checkCall({ name, args, at }: Call, problems: Problems): void {
  const pattern = args[PATTERNS.get(name) ?? -1]
  if (pattern?.kind === 'string')
    checkPattern(pattern.value, pattern.at, problems, name === 'replace' ? 'none' : 'all')
  const known = findFunction(name)
  if (known === undefined) {
    problems.error('spl/unknown-function', `there is no function "${name}"`, {
      at,
      help: did(name, functionNames),
    })
  } else if (args.length < known.least || args.length > known.most) {
    const wanted = known.least === known.most ? `${known.least}` : `at least ${known.least}`
    problems.error('spl/arguments', `"${name}" takes ${wanted} arguments, not ${args.length}`, { at })
  }
}

/** What a `where` of a chart makes of a series. */
function checkSeries({ where }: Stages['chart'], problems: Problems): void {
  if (where !== undefined) checkAggregation(where, problems)
}

function checkAggregation({ fn, at }: Pick<Aggregation, 'fn' | 'at'>, problems: Problems): void {
  if (isAggregate(fn) || fn === 'eval' || /^per_(second|minute|hour|day)$/.test(fn)) return
  problems.error('spl/unknown-function', `there is no aggregate "${fn}"`, {
    at,
    help: did(fn, aggregateNames),
  })
}

function checkGroups(by: unknown, problems: Problems): void {
  if (!Array.isArray(by)) return
  for (const { name, at } of by as readonly Name[]) {
    if (name.includes('*'))
      problems.error(
        'spl/arguments',
        `"${name}" names no field to go by, since a "*" stands for nothing here`,
        {
          at,
          help: 'name each field',
        },
      )
  }
}

function did(name: string, known: readonly string[]): string {
  const near = nearest(name, known)
  const list = `there is ${known.join(', ')}`
  return near === undefined ? list : `did you mean "${near}"? ${list}`
}
