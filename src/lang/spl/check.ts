import { type Diagnostic, Problems, type Span } from '../../core/diagnostic.ts'
import { nearest } from '../../core/nearest.ts'
import { UNSUPPORTED } from './commands/unsupported.ts'
import { aggregateNames, isAggregate } from './lower/aggregates.ts'
import { findFunction, functionNames } from './lower/functions/index.ts'
import type { Expression } from './syntax/expression.ts'
import type { Aggregation, Search } from './syntax/tree.ts'
import { objectsIn } from './walk.ts'

/** What a search uses that does not run: commands, functions, and functions with a wrong number of arguments. */
export function checked(search: Search): readonly Diagnostic[] {
  const problems = new Problems()
  for (const node of objectsIn(search)) {
    if (node['kind'] === 'call') checkCall(node as unknown as Call, problems)
    if (node['kind'] === 'unsupported') unsupported(String(node['name']), node['at'] as Span, problems)
    if (node['kind'] === 'mstats') unsupported('mstats', node['at'] as Span, problems)
    if (Array.isArray(node['aggregations'])) {
      for (const aggregation of node['aggregations'] as readonly Aggregation[])
        checkAggregation(aggregation, problems)
    }
  }
  return problems.list
}

type Call = Extract<Expression, { kind: 'call' }>

function unsupported(name: string, at: Span, problems: Problems): void {
  const reason = UNSUPPORTED.get(name) ?? 'it is not implemented here'
  problems.error('spl/unsupported-command', `the command "${name}" does not run: ${reason}`, { at })
}

function checkCall({ name, args, at }: Call, problems: Problems): void {
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
