import type { Expr, Pipeline, Stage } from './syntax.ts'

/** A pipeline and all that stand inside of it. */
export function pipelinesIn(pipeline: Pipeline): readonly Pipeline[] {
  return [pipeline, ...nodes([pipeline.scope, pipeline.stages]).filter(isPipeline)]
}

/** The expressions of one stage, and what they are made of; not those of pipelines inside of it. */
export function expressionsIn(stage: Stage): readonly Expr[] {
  return nodes(stage, isPipeline).filter(isExpression)
}

/** Every name of a field that a query may mean, and some words besides. */
export function namesIn(query: Pipeline): ReadonlySet<string> {
  return new Set(
    nodes(query).flatMap(node => ('name' in node && typeof node.name === 'string' ? [node.name] : [])),
  )
}

type Node = object & { readonly kind?: unknown; readonly name?: unknown; readonly stages?: unknown }

/** All objects of a tree, but none inside of those that `leave` names. */
function nodes(value: unknown, leave: (node: Node) => boolean = () => false): readonly Node[] {
  const found: Node[] = []
  collect(value, leave, found)
  return found
}

function collect(value: unknown, leave: (node: Node) => boolean, found: Node[]): void {
  if (typeof value !== 'object' || value === null || leave(value)) return
  if (!Array.isArray(value)) found.push(value)
  for (const key of Object.keys(value)) {
    if (key !== 'at') collect((value as Readonly<Record<string, unknown>>)[key], leave, found)
  }
}

function isPipeline(node: Node): node is Pipeline {
  return Array.isArray(node.stages)
}

const KINDS: ReadonlySet<unknown> = new Set<Expr['kind']>([
  'field',
  'text',
  'number',
  'boolean',
  'null',
  'template',
  'call',
  'regex',
  'not',
  'minus',
  'and',
  'or',
  'compare',
  'arithmetic',
  'matches',
  'in',
  'tested',
  'if',
  'subquery',
  'unknown',
])

function isExpression(node: Node): node is Expr {
  return KINDS.has(node.kind)
}
