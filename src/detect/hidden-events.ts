import type { Context } from '../context/context.ts'
import { Suppressions } from '../context/suppressions.ts'
import type { NormalEvent } from '../core/event.ts'
import type { Hit } from '../core/hit.ts'
import { compare } from '../core/order.ts'
import type { ContextEntry } from '../findings/ledger.ts'
import { approvalsNamed } from './named-approvals.ts'

/** An event, or a row of a search, that approvals keep from being a match. */
export interface HiddenEvent extends Pick<Hit, 'approvals'> {
  readonly event: Pick<NormalEvent, 'id' | 'time'>
}

/** Counts the events that approvals in the conditions of rules keep from matching. */
export class HiddenEvents {
  /** Id of a rule -> events, each once, whatever the number of approvals. */
  readonly counts = new Map<string, number>()
  private readonly context: Context | undefined
  private readonly byRule = new Map<string, Suppressions>()

  constructor(context: Context | undefined) {
    this.context = context
  }

  /** @param rule id of the rule that does not match */
  add(rule: string, hidden: HiddenEvent): void {
    this.counts.set(rule, (this.counts.get(rule) ?? 0) + 1)
    const suppressions = this.byRule.get(rule) ?? new Suppressions()
    this.byRule.set(rule, suppressions)
    const { id = '', time } = hidden.event
    for (const entry of approvalsNamed(this.context, hidden)) suppressions.record(entry, id, time)
  }

  /** What hid most first. */
  list(): ContextEntry['suppressed'] {
    return [...this.byRule]
      .flatMap(([rule, suppressions]) => suppressions.list().map(one => ({ rule, ...one })))
      .sort((a, b) => b.count - a.count || compare(a.rule, b.rule) || compare(a.entry, b.entry))
  }
}
