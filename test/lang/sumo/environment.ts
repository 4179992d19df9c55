import type { Diagnostic } from '../../../src/core/diagnostic.ts'
import { sha512 } from '../../../src/detect/query/sha512.ts'
import type { Environment } from '../../../src/plan/lowering.ts'
import type { Column } from '../../../src/plan/scalar.ts'

/** An environment whose messages have these columns, and nothing else; what is noted of a query goes to a list. */
export function environmentOf(columns: readonly Column[], notes: Diagnostic[] = []): Environment {
  return {
    now: 0,
    events: { relation: { op: 'table', table: 'events', columns }, order: [] },
    lookup: () => undefined,
    lookupNames: [],
    note: problem => notes.push(problem),
    write: () => {},
    unknownField: () => {},
    sha512,
    strict: false,
  }
}
