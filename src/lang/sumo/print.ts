import { never } from '../../core/never.ts'
import { OPERATORS } from './operators/index.ts'
import { printName, printRange } from './print-parts.ts'
import type { Pipeline, Scope, Stage, StageKind } from './syntax.ts'

/** A query in one form: one stage a line, fields by name, settings as written. It reads as what it was printed from. */
export function printSumo(query: Pipeline): string {
  return printPipeline(query, '\n')
}

function printPipeline({ scope, stages }: Pipeline, between: string): string {
  const parts = stages.map(stage => printStage(stage))
  return [...(scope === undefined ? [] : [printScope(scope)]), ...parts].join(
    `${between === '\n' ? '\n' : ' '}| `,
  )
}

/** One stage, without the pipe before it. */
function printStage<Kind extends StageKind>(stage: Stage<Kind>): string {
  return OPERATORS[stage.op].print(stage, inner => printPipeline(inner, ' '))
}

function printScope(scope: Scope): string {
  switch (scope.kind) {
    case 'everything':
      return '*'
    case 'keyword':
      return scope.raw
    case 'phrase':
      return `"${scope.raw}"`
    case 'metadata':
      return `${printName(scope)}${scope.op}${scope.quoted ? `"${scope.raw}"` : scope.raw}`
    case 'template':
      return `{{${scope.name}}}`
    case 'subquery':
      return `[subquery${printRange(scope.pipeline)}: ${printPipeline(scope.pipeline, ' ')}]`
    case 'and':
      return scope.of
        .map(part => (part.kind === 'or' || part.kind === 'and' ? grouped(part) : printScope(part)))
        .join(' ')
    case 'or':
      return scope.of.map(part => (part.kind === 'or' ? grouped(part) : printScope(part))).join(' or ')
    case 'not':
      return `!${scope.of.kind === 'and' || scope.of.kind === 'or' ? grouped(scope.of) : printScope(scope.of)}`
    default:
      return never(scope)
  }
}

function grouped(scope: Scope): string {
  return `(${printScope(scope)})`
}
