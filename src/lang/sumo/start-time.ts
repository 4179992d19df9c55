import type { Pipeline } from './syntax.ts'
import { expressionsIn, pipelinesIn } from './walk.ts'

/** Does it matter when the first of all messages came? */
export function asksForStart(query: Pipeline): boolean {
  const stages = pipelinesIn(query).flatMap(pipeline => pipeline.stages)
  return (
    stages.some(stage => stage.op === 'transaction' && stage.fringe !== undefined) ||
    stages.flatMap(expressionsIn).some(expr => expr.kind === 'call' && START.test(expr.name))
  )
}

const START = /^query(?:starttime|timerange)$/i
