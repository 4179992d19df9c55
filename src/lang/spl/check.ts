import { type Diagnostic, Problems, type Span } from '../../core/diagnostic.ts'
import { nearest } from '../../core/nearest.ts'
import { Refusal } from '../../plan/lowering.ts'
import { UNSUPPORTED } from './commands/unsupported.ts'
import { aggregateNames, isAggregate } from './lower/aggregates.ts'
import { findFunction, functionNames } from './lower/functions/index.ts'
import { namedGroups, regexOf } from './lower/regexes.ts'
import { optionOf } from './reader.ts'
import type { Expression } from './syntax/expression.ts'
import type { Aggregation, Search, Stages } from './syntax/tree.ts'
import { objectsIn } from './walk.ts'

/** What a search uses that does not run: commands, functions, and functions with a wrong number of arguments. */
export function checked(search: Search): readonly Diagnostic[] {
  const problems = new Problems()
  for (const node of objectsIn(search)) {
    if (node['kind'] === 'call') checkCall(node as unknown as Call, problems)
    if (node['kind'] === 'unsupported') unsupported(String(node['name']), node['at'] as Span, problems)
    if (node['kind'] === 'regex') checkPattern(String(node['pattern']), node['at'] as Span, problems)
    if (node['kind'] === 'rex') checkRex(node as unknown as Stages['rex'], problems)
    if (node['kind'] === 'mstats') unsupported('mstats', node['at'] as Span, problems)
    if (Array.isArray(node['aggregations'])) {
      for (const aggregation of node['aggregations'] as readonly Aggregation[])
        checkAggregation(aggregation, problems)
    }
  }
  return problems.list
}

type Call = Extract<Expression, { kind: 'call' }>

/** Where functions take a regular expression. */
const PATTERNS: ReadonlyMap<string, number> = new Map([
  ['match', 1],
  ['mvfind', 1],
  ['replace', 1],
])

function checkPattern(source: string, at: Span, problems: Problems): void {
  try {
    regexOf(source, at)
  } catch (thrown) {
    if (!(thrown instanceof Refusal)) throw thrown
    problems.list.push(thrown.problem)
  }
}

function checkRex({ pattern, options, at }: Stages['rex'], problems: Problems): void {
  if (optionOf(options, 'mode') !== undefined) return
  checkPattern(pattern, at, problems)
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
  if (pattern?.kind === 'string') checkPattern(pattern.value, pattern.at, problems)
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

function checkAggregation({ fn, at }: Aggregation, problems: Problems): void {
  if (isAggregate(fn) || /^per_(second|minute|hour|day)$/.test(fn)) return
  problems.error('spl/unknown-function', `there is no aggregate "${fn}"`, {
    at,
    help: did(fn, aggregateNames),
  })
}

function did(name: string, known: readonly string[]): string {
  const near = nearest(name, known)
  const list = `there is ${known.join(', ')}`
  return near === undefined ? list : `did you mean "${near}"? ${list}`
}
