import type { Diagnostic } from '../../core/diagnostic.ts'
import { nearest } from '../../core/nearest.ts'
import { Refusal } from '../../plan/lowering.ts'
import { functionNamed, functionNames } from './functions/index.ts'
import { readAnchor } from './lower/anchor.ts'
import { jsonFilter } from './lower/json-filter.ts'
import { keyPattern } from './lower/key-values.ts'
import { readRegex } from './lower/regex-of.ts'
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
      return [unsupported(`"${stage.name}" cannot be run: it is a service of Sumo Logic's own`, stage)]
    case 'predict':
      return stage.settings.some(({ key, value }) => key === 'model' && !/^linear$/i.test(value.raw))
        ? [
            unsupported(
              'how "predict" learns any model but a line is not published: leave "model" out',
              stage,
            ),
          ]
        : []
    case 'transactionize':
      return stage.settings
        .filter(({ key }) => key !== 'keeporphans')
        .map(({ key }) => unsupported(`"${key}" of "transactionize" cannot be run`, stage))
    case 'json':
      return stage.items.flatMap(({ path }) => pathProblems(path))
    case 'parse':
      return stage.items.flatMap(starProblems)
    case 'parse regex':
      return regexProblems(stage.pattern, stage.pattern.raw.replace(/\\"/g, '"'), { named: true })
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

/** Of what a path may say beyond keys, places and stars only tests on the members of a list are understood. */
function pathProblems({ raw, at }: Text): readonly Diagnostic[] {
  const odd = /\.\.|\[\??\(|\[-?\d*:|\[[^\]'"]*,/.test(raw.replace(/\['[^']*'\]/g, ''))
  if (!odd || jsonFilter(raw) !== undefined) return []
  const message = `the path "${raw}" cannot be run`
  const help = "there are keys, [0], [*], ['a key'] and [?(@.key == 'value')]"
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
    if (readRegex(source, at).groups.size > 0 || !named) return []
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
