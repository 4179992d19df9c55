import type { MetRow } from '../../plan/lowering.ts'
import { type Approval, nameOf } from './approval-tables.ts'
import type { FoundRow } from './run-search.ts'

/** The approvals that the events of a window meet: those that hold then, or (`false`) those that do not. */
export class MetApprovals {
  private readonly approvals: readonly Approval[]
  private readonly holding: boolean
  private readonly byName: ReadonlyMap<string, Approval>
  private readonly all = new Set<Approval>()
  private readonly byEvent = new Map<number, Set<Approval>>()
  /** A table was listed, or more was met than is told. */
  private vague = false

  /** @param approvals those that are asked about */
  constructor(approvals: readonly Approval[], holding: boolean) {
    this.approvals = approvals
    this.holding = holding
    this.byName = new Map(approvals.map(one => [nameOf(one), one]))
  }

  add(table: string, rows: readonly MetRow[] | undefined): void {
    if (rows === undefined) this.vague = true
    for (const { place, event, holds } of rows ?? []) {
      const approval = this.byName.get(nameOf({ table, place }))
      if (holds !== this.holding || approval === undefined) continue
      this.all.add(approval)
      if (event !== undefined) this.byEvent.set(event, (this.byEvent.get(event) ?? new Set()).add(approval))
    }
  }

  /** Those that may have to do with any row. */
  some(): readonly Approval[] {
    return this.vague ? this.approvals : [...this.all]
  }

  /** Those that may have to do with this row. */
  about({ number }: FoundRow): readonly Approval[] {
    const met = number === undefined || this.vague ? undefined : this.byEvent.get(number)
    return met === undefined ? this.some() : [...met]
  }
}
