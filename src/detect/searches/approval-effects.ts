import { counted, firstFew } from '../../core/quantity.ts'
import { EngineError } from '../../engines/duckdb/engine-error.ts'
import { Refusal } from '../../plan/lowering.ts'
import type { Surroundings } from '../query/environment.ts'
import {
  type Approval,
  approvalsIn,
  holdsThrough,
  type Lookups,
  lookupsFor,
  nameOf,
  type Standing,
  type TableView,
} from './approval-tables.ts'
import { blame } from './blame.ts'
import { MetApprovals } from './met-approvals.ts'
import { rowDifference } from './row-difference.ts'
import { keyOf } from './row-key.ts'
import type { FoundRow } from './run-search.ts'
import type { Window } from './windows.ts'

/** What has to be known of a search whose approvals are looked at. */
export interface ApprovalWork {
  readonly lookups: Lookups
  /** Rows of several windows are the same if their keys are. */
  readonly windows: boolean
  /** What a row is attributed to. */
  readonly entity: (row: FoundRow) => string
  /** Plans the search over a window; what it gives runs it, if it is called before the next plan. `heard`: what is said then is told. */
  readonly plan: (
    window: Window,
    lookups: Surroundings['lookups'],
    heard: boolean,
  ) => Promise<() => Promise<readonly FoundRow[]>>
}

/** A row that approvals keep away. */
export interface HiddenRow {
  readonly row: FoundRow
  /** None if it cannot be told which. */
  readonly approvals: readonly Approval[]
}

/** Runs of one search, besides one for each window, that only tell which approval it was. */
const MOST_RUNS = 200

/**
 * What approvals do to the rows of one search. It runs again without them, and what only then comes is what they hide; with those
 * that do not hold counted as if they did, and what then goes is what they would have hidden.
 */
export class ApprovalEffects {
  /** Tables of approvals that the search asked for. */
  readonly tables = new Set<string>()
  private readonly work: ApprovalWork
  private readonly approvals: readonly Approval[]
  private readonly hidden = new Map<string, HiddenRow>()
  private readonly given = new Set<string>()
  private readonly changed = new Map<string, readonly string[]>()
  private readonly added = new Set<string>()
  private failure: string | undefined
  private runs = 0
  private windows = 0
  private untold = false
  private count = 0

  constructor(work: ApprovalWork) {
    this.work = work
    this.approvals = approvalsIn(work.lookups)
  }

  /** The rows of a window, each with the approvals that did not hold and would have kept it away. */
  async rows(window: Window): Promise<readonly FoundRow[]> {
    const held = new MetApprovals(this.approvals, true)
    const lapsed = new MetApprovals(
      this.approvals.filter(one => !holdsThrough(one, window)),
      false,
    )
    const run = await this.plan(window, (table, rows) => {
      for (const met of [held, lapsed]) met.add(table, rows)
    })
    const rows = await run()
    if (this.tables.size === 0) return rows
    const news = rows.filter(row => this.isNew(row))
    if (this.failure !== undefined) return rows
    this.windows++
    try {
      await this.lookWithout(rows, held, window)
      const missed = await this.missed(rows, new Set(news), lapsed, window)
      return rows.map(row => withApprovals(row, missed.get(row)))
    } catch (error) {
      if (!(error instanceof EngineError || error instanceof Refusal)) throw error
      const interrupted = error instanceof EngineError && error.interrupted
      if (!interrupted) this.failure = error.message.split('\n')[0] ?? ''
      return rows
    }
  }

  /** The rows of a window and nothing else. */
  async plain(window: Window): Promise<readonly FoundRow[]> {
    const run = await this.plan(window)
    return run()
  }

  /** Rows that never came and would have. */
  list(): readonly HiddenRow[] {
    return [...this.hidden].filter(([key]) => !this.given.has(key)).map(([, hidden]) => hidden)
  }

  /** What else is to be said of approvals. */
  remarks(): readonly string[] {
    const { size } = this.changed
    const columns = firstFew([...new Set([...this.changed.values()].flat())], 3)
    const rows = counted(this.added.size, 'row')
    return [
      ...(size === 0 ? [] : [`approvals change ${counted(size, 'row')} without hiding any, in ${columns}`]),
      ...(this.added.size === 0 ? [] : [`${rows} would not be there without approvals`]),
      ...(this.untold ? ['of some rows it cannot be told which approvals hide them'] : []),
      ...(this.failure === undefined ? [] : [`what approvals hide is not evaluable: ${this.failure}`]),
    ]
  }

  /** The search as it is. */
  private plan(window: Window, met?: TableView['met']): Promise<() => Promise<readonly FoundRow[]>> {
    const { lookups, plan } = this.work
    const view: TableView = { standing: () => 'dated', ...(met === undefined ? {} : { met }) }
    const dated = lookupsFor(lookups, window, view)
    const get = (name: string) => {
      const table = dated.get(name)
      if (table?.expires === true) this.tables.add(name)
      return table
    }
    return plan(window, { ...dated, get }, true)
  }

  /** Takes note of what the search would give without approvals. */
  private async lookWithout(rows: readonly FoundRow[], met: MetApprovals, window: Window): Promise<void> {
    if (met.some().length === 0) return
    const without = await this.again(window, () => 'gone')
    const { gone, changed, added } = rowDifference(without, rows, this.work.entity)
    for (const [row, columns] of changed) this.changed.set(this.keyOf(row), columns)
    for (const row of added) this.added.add(this.keyOf(row))
    const news = new Map(
      gone.map(row => [row, this.keyOf(row)] as const).filter(([, key]) => !this.hidden.has(key)),
    )
    const blamed = await blame(
      [...news.keys()],
      row => met.about(row),
      some => this.gone(without, window, among(some, 'dated', 'gone')),
    )
    for (const [row, key] of news) this.hidden.set(key, { row, approvals: blamed.get(row) ?? [] })
  }

  /** Those of the new rows that would go if approvals held that do not, with these. */
  private async missed(
    rows: readonly FoundRow[],
    news: ReadonlySet<FoundRow>,
    met: MetApprovals,
    window: Window,
  ): Promise<ReadonlyMap<FoundRow, readonly Approval[]>> {
    const lapsed = met.some()
    if (lapsed.length === 0 || news.size === 0) return new Map()
    const holding = (some: readonly Approval[]) => among(some, 'always', 'dated')
    const { gone } = rowDifference(rows, await this.again(window, holding(lapsed)), this.work.entity)
    return blame(
      gone.filter(row => news.has(row)),
      row => met.about(row),
      some => this.gone(rows, window, holding(some)),
    )
  }

  /** The rows that are not there if approvals stand so. */
  private async gone(
    rows: readonly FoundRow[],
    window: Window,
    standing: (approval: Approval) => Standing,
  ): Promise<readonly FoundRow[]> {
    if (this.runs >= MOST_RUNS + this.windows) this.untold = true
    if (this.untold) return []
    this.runs++
    return rowDifference(rows, await this.again(window, standing), this.work.entity).gone
  }

  private async again(
    window: Window,
    standing: (approval: Approval) => Standing,
  ): Promise<readonly FoundRow[]> {
    const { lookups, plan } = this.work
    const run = await plan(window, lookupsFor(lookups, window, { standing }), false)
    return run()
  }

  /** Did no window before give it? */
  private isNew(row: FoundRow): boolean {
    const key = this.keyOf(row)
    const isNew = !this.given.has(key)
    this.given.add(key)
    return isNew
  }

  private keyOf(row: FoundRow): string {
    return this.work.windows ? keyOf(row) : String(this.count++)
  }
}

function withApprovals(row: FoundRow, approvals: readonly Approval[] | undefined): FoundRow {
  return approvals === undefined ? row : { ...row, approvals }
}

/** Some stand so, and all others otherwise. */
function among(
  some: readonly Approval[],
  standing: Standing,
  others: Standing,
): (approval: Approval) => Standing {
  const names = new Set(some.map(nameOf))
  return approval => (names.has(nameOf(approval)) ? standing : others)
}
