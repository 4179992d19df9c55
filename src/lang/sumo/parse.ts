import type { Diagnostic } from '../../core/diagnostic.ts'
import { placesIn } from '../../core/places.ts'
import { limits } from './limits.ts'
import { inTwoBraces } from './parameters.ts'
import { readPipeline } from './pipeline.ts'
import type { Reading } from './reading.ts'
import type { Pipeline } from './syntax.ts'

/** A query as it was understood. What could not be read is an `unknown` stage; `problems` tells why. */
export interface Parsed {
  readonly query: Pipeline
  readonly problems: readonly Diagnostic[]
}

/**
 * Reads a Sumo Logic query, as far as it can be read. What people publish is read as it was meant, each time with a
 * warning: unescaped quotes in the pattern of `parse regex`, and prose behind the last stage.
 */
export function parseSumo(written: string): Parsed {
  const text = inTwoBraces(written)
  const problems: Diagnostic[] = []
  const places = placesIn(text)
  const range = { start: 0, end: text.length }
  if (text.length > limits.query) {
    const message = `a query of ${text.length} characters is too long: at most ${limits.query}`
    problems.push({ code: 'sumo/limits', severity: 'error', message })
    return { query: { stages: [], at: places(0, 0) }, problems }
  }
  const reading: Reading = {
    text,
    places,
    problems,
    loose: new Map(),
    pipeline: (inner, depth, starts) => readPipeline(reading, inner, depth, starts),
  }
  return { query: readPipeline(reading, range, 0, 'scope'), problems }
}
