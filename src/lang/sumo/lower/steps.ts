import { readStep, USUAL_STEP } from '../numbers.ts'
import type { Text } from '../syntax-parts.ts'
import type { Context } from './flow.ts'
import { refuse } from './refuse.ts'

/** A length of time in ms. A `{{parameter}}` that nobody gave is an hour. */
export function stepOf({ raw, at }: Text, context: Context): number {
  if (raw.includes('{{')) {
    context.environment.note({
      code: 'sumo/parameter',
      severity: 'warning',
      message: `"${raw}" is taken to be 1h`,
      at,
      help: 'give the parameter a value',
    })
    return USUAL_STEP
  }
  const step = readStep(raw.replace(/^"|"$/g, ''))
  if (step !== undefined && step !== 0) return step
  return refuse('step', `"${raw}" is no length of time`, at, 'write it as in 30s, 5m, 1h or 1d')
}
