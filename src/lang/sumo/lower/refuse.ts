import type { Span } from '../../../core/diagnostic.ts'
import { Refusal } from '../../../plan/lowering.ts'

/** Ends the lowering: the query cannot be run, for this reason. */
export function refuse(code: string, message: string, at: Span | undefined, help?: string): never {
  throw new Refusal({
    code: `sumo/${code}`,
    severity: 'error',
    message,
    ...(at === undefined ? {} : { at }),
    ...(help === undefined ? {} : { help }),
  })
}
