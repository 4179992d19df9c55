import type { Diagnostic } from '../../core/diagnostic.ts'
import { nearest } from '../../core/nearest.ts'
import { Refusal } from '../../plan/lowering.ts'
import { text } from '../../plan/scalars.ts'
import { functionNamed, functionNames } from './functions/index.ts'
import { readAnchor } from './lower/anchor.ts'
import { reach } from './lower/json-reach.ts'
import { keyPattern } from './lower/key-values.ts'
import { readRegex } from './lower/regex-of.ts'
import { whyUnsupported } from './operators/unsupported.ts'
import type { Expr, Pipeline, Stage } from './syntax.ts'
import type { Text } from './syntax-parts.ts'
import { expressionsIn, pipelinesIn } from './walk.ts'

/** What of a query cannot run whatever the data: operators, functions and regular expressions. */
export function checked(query: Pipeline): readonly Diagnostic[] {
  return pipelinesIn(query).flatMap(({ stages }) =>
    stages.flatMap(stage => [...stageProblems(stage), ...expressionsIn(stage).flatMap(expressionProblems)]),
  )
}

function stageProblems(stage: Stage): readonly Diagnostic[] {
  switch (stage.op) {
    case 'unsupported':
      return [unsupported(`"${stage.name}" cannot be run: ${whyUnsupported(stage.name)}`, stage)]
    case 'predict':
      return stage.settings.some(({ key, value }) => key === 'model' && !/^(?:linear|ar)$/i.test(value.raw))
        ? [unsupported('"predict" knows the models "linear" and "ar"', stage)]
        : []
    case 'json':
      return stage.items.flatMap(({ path }) => pathProblems(path))
    case 'parse':
      return stage.items.flatMap(starProblems)
    case 'parse regex':
      return [stage.pattern, ...stage.more].flatMap(pattern =>
        regexProblems(pattern, pattern.raw.replace(/\\"/g, '"'), { named: true }),
      )
    case 'trace':
      return regexProblems(stage.pattern, stage.pattern.raw.replace(/\\"/g, '"'))
    case 'keyvalue':
      return stage.pattern === undefined
        ? []
        : regexProblems(stage.pattern, keyPattern('key', stage.pattern.raw))
    default:
      return []
  }
}

function unsupported(message: string, { at }: Stage): Diagnostic {
  return { code: 'sumo/unsupported', severity: 'error', message, at }
}

/** Scripts in a path are understood if they are tests on the members of a list, and slices without a step. */
function pathProblems({ raw, at }: Text): readonly Diagnostic[] {
  if (reach(text(null), raw) !== undefined) return []
  const message = `the path "${raw}" cannot be run`
  const help = "there are keys, [0], [*], [1:3], [0,2], .., ['a key'] and [?(@.key == 'value')]"
  return [{ code: 'sumo/unsupported-path', severity: 'error', message, at, help }]
}

/** Each star of a pattern needs one name. */
function starProblems({ pattern, as }: Stage<'parse'>['items'][number]): readonly Diagnostic[] {
  const { stars } = readAnchor(pattern.raw)
  if (stars === as.length) return []
  const message = `the pattern has ${stars} "*" and ${as.length} names`
  return [{ code: 'sumo/stars', severity: 'error', message, at: pattern.at, help: 'each "*" needs one name' }]
}

function regexProblems(
  { at }: Pick<Text, 'at'>,
  source: string,
  { named = false }: { readonly named?: boolean } = {},
): readonly Diagnostic[] {
  try {
    if (readRegex(source, at, { excludes: named }).groups.size > 0 || !named) return []
    const message = 'this pattern names no group'
    return [
      {
        code: 'sumo/groups',
        severity: 'error',
        message,
        at,
        help: 'write (?<name>…) around what it shall extract',
      },
    ]
  } catch (error) {
    if (error instanceof Refusal) return [error.problem]
    throw error
  }
}

function expressionProblems(expr: Expr): readonly Diagnostic[] {
  if (expr.kind === 'regex') return regexProblems(expr, expr.source)
  if (expr.kind !== 'call') return []
  const { name, args, at } = expr
  const found = functionNamed(name)
  if (found === undefined) return [unknownFunction(name, at)]
  if (args.length >= found.least && args.length <= found.most) return []
  const wanted = found.least === found.most ? `${found.least}` : `${found.least} to ${found.most}`
  const message = `"${name}" takes ${wanted} arguments, not ${args.length}`
  return [{ code: 'sumo/unsupported-arguments', severity: 'error', message, at }]
}

function unknownFunction(name: string, at: Expr['at']): Diagnostic {
  const near = nearest(name, functionNames)
  const known = `known are ${[...functionNames].sort().join(', ')}`
  const help = near === undefined ? known : `did you mean "${near}"? ${known}`
  return {
    code: 'sumo/unknown-function',
    severity: 'error',
    message: `there is no function "${name}"`,
    at,
    help,
  }
}
