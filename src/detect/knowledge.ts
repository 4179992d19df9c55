import { caveatOf } from '../context/context.ts'
import { type Description, describe } from '../context/describe.ts'
import type { Geo } from '../context/geo.ts'
import type { LoadedContext } from '../context/load.ts'
import type { Row } from '../context/row.ts'
import { Suppressions } from '../context/suppressions.ts'
import type { NormalEvent } from '../core/event.ts'
import type { FieldValue, Hit } from '../core/hit.ts'
import { printDiagnosticLine } from '../core/print-diagnostic.ts'
import { isoTime } from '../core/time.ts'
import type { ContextEntry } from '../findings/ledger.ts'
import type { LoadedRules } from '../rules/load.ts'
import { HiddenEvents } from './hidden-events.ts'
import { lapsedValues } from './named-approvals.ts'

/** What a hunt knows besides the logs. */
export interface Knowledge {
  readonly context?: LoadedContext
  readonly geo?: Geo
  /** Matches that an approval covers make no findings. */
  readonly hideApproved?: boolean
}

/** Tells of each match what is known besides the event, and in the end what became of the tables. */
export class KnownFacts {
  /** What approvals in the conditions of rules hid. */
  readonly hidden: HiddenEvents
  private readonly knowledge: Knowledge
  private readonly caveats: ReadonlyMap<string, readonly FieldValue[]>
  private readonly suppressions = new Suppressions()
  /** Several rules match one event, one after the other. */
  private last: { readonly event: NormalEvent; readonly known: Description } | undefined

  constructor(knowledge: Knowledge, rules: LoadedRules) {
    this.knowledge = knowledge
    this.caveats = caveatsOf(rules)
    this.hidden = new HiddenEvents(knowledge.context?.context)
  }

  /** The hit with what is known shown beside it; `undefined` if an approval hides it. `rule` is the id of its rule. */
  on(hit: Hit, rule: string): Hit | undefined {
    const { context, geo, hideApproved } = this.knowledge
    const caveats = this.caveats.get(rule) ?? []
    if (context === undefined && geo === undefined && caveats.length === 0) return hit
    const known = this.about(hit.event)
    const { id = '', time } = hit.event
    for (const entry of known.approvedBy) this.suppressions.record(entry, id, time)
    if (hideApproved === true && known.approvedBy.length > 0) return undefined
    const told = new Set(known.values.map(({ value }) => value))
    const lapsed = lapsedValues(context?.context, hit).filter(({ value }) => !told.has(value))
    return { ...hit, shown: [...hit.shown, ...lapsed, ...known.values, ...caveats] }
  }

  private about(event: NormalEvent): Description {
    if (this.last?.event === event) return this.last.known
    const { context, geo } = this.knowledge
    const known = describe({ ...(context && { context: context.context }), ...(geo && { geo }) }, event)
    this.last = { event, known }
    return known
  }

  /** An approval covers an event. */
  approved(entry: Row, event: string): void {
    this.suppressions.record(entry, event)
  }

  /** Where context went: its tables, what of them was refused, and what each approval marked. */
  ledger(): ContextEntry | undefined {
    const { context: loaded, hideApproved = false } = this.knowledge
    if (loaded === undefined) return undefined
    const { context, problems } = loaded
    const tables = [...context.tables.values()].filter(({ state }) => state !== 'missing')
    return {
      as_of: isoTime(context.asOf),
      tables: tables.map(table => {
        const { state, rows, refused, stale, overdue, file = '' } = table
        const caveat = caveatOf(table)
        const more = caveat === undefined ? {} : { caveat }
        return { table: table.table.name, file, state, rows: rows.length, refused, stale, overdue, ...more }
      }),
      hidden: hideApproved,
      approvals: this.suppressions.list(),
      suppressed: this.hidden.list(),
      problems: problems.flatMap(({ file, problems: of }) => of.map(one => printDiagnosticLine(one, file))),
    }
  }
}

/** Warnings that a rule got because a table that it uses is empty or stale. */
const TABLE_CODES: readonly string[] = ['sigma/empty-table', 'sigma/stale-table']

function caveatsOf({ rules }: LoadedRules): ReadonlyMap<string, readonly FieldValue[]> {
  return new Map(
    rules.flatMap(({ rule, problems }) => {
      const texts = problems.filter(({ code }) => TABLE_CODES.includes(code)).map(({ message }) => message)
      const values = [...new Set(texts)].map(value => ({ field: 'context.caveat', value }))
      return values.length === 0 ? [] : [[rule.meta.id, values] as const]
    }),
  )
}
