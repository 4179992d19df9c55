import type { Diagnostic } from '../../core/diagnostic.ts'
import { type Environment, type LookupTable, Refusal } from '../../plan/lowering.ts'
import { append, finished, type Pipeline, visible } from '../../plan/pipeline.ts'
import { shownColumns } from '../../sql/print-relation.ts'
import { nearestField } from './field-names.ts'
import { sha512 } from './sha512.ts'

/** What a search is told besides its events. */
export interface Surroundings {
  /** Seconds since 1970 UTC: what `now()` is. */
  readonly now: number
  /** Where the window begins, if it has a beginning. */
  readonly earliest?: number
  readonly lookups: Pick<ReadonlyMap<string, LookupTable>, 'get' | 'keys'>
  /** An unknown field is an error. */
  readonly strict: boolean
  readonly geo?: Environment['geo']
  note(problem: Diagnostic): void
}

/** What a search can reach. Fields that it reads and no event has are gathered in `unknown`. */
export function environmentOf(around: Surroundings, events: Pipeline, unknown: Set<string>): Environment {
  const { now, earliest, strict, lookups: given, geo } = around
  const written = new Map<string, LookupTable>()
  return {
    now,
    events,
    lookup: name => written.get(name) ?? given.get(name),
    lookupNames: [...given.keys()],
    note: problem => around.note(problem),
    write: (name, rows, adds) => {
      written.set(name, writtenLookup(name, rows, adds ? (written.get(name) ?? given.get(name)) : undefined))
    },
    unknownField: (name, at) => {
      // Where no event came through, nothing is known of fields.
      if (unknown.has(name) || visible(events).length === 0) return
      unknown.add(name)
      const here = visible(events).map(column => column.name)
      const problem = unknownField(name, { at, strict, here: here.filter(one => !unknown.has(one)) })
      if (strict) throw new Refusal(problem)
      around.note(problem)
    },
    ...(earliest === undefined ? {} : { earliest }),
    ...(geo === undefined ? {} : { geo }),
    sha512,
    strict,
  }
}

/** Where a field was named that no event has, and the names that events have. */
interface Missed {
  readonly at?: Diagnostic['at']
  readonly strict: boolean
  readonly here: readonly string[]
}

/** What is said of a field that no event has. */
export function unknownField(name: string, { at, strict, here }: Missed): Diagnostic {
  const near = nearestField(name, here)
  return {
    code: 'query/unknown-field',
    severity: strict ? 'error' : 'warning',
    message: `no event here has a field "${name}", which is null throughout`,
    ...(at === undefined ? {} : { at }),
    ...(near === undefined ? {} : { help: `did you mean "${near}"?` }),
  }
}

function writtenLookup(name: string, rows: Pipeline, before: LookupTable | undefined): LookupTable {
  const all = before === undefined ? rows : append({ relation: before.relation, order: [] }, rows)
  const columns = shownColumns(all.relation)
  const relation = finished(all)
  return { name, columns, relation, match: {}, caseSensitive: true, maxMatches: 1000, minMatches: 0 }
}
