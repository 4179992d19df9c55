import type { Cell } from '../../../plan/relation.ts'

/** A transaction that further events may join. */
export interface Open {
  /** The numbers of its events. */
  readonly places: number[]
  /** When its newest and its oldest event were. */
  readonly newest: number
  oldest: number
  /** The values of the fields as far as its events had them, and those fields as bits. */
  readonly values: Cell[]
  fields: number
  started: boolean
  readonly ended: boolean
  /** How many uses of any transaction there were when it was used last. */
  use: number
}

interface Entry {
  readonly open: Open
  use: number
}

/** Fields as bits: those of which there is a value. */
export function fieldsOf(values: readonly Cell[]): number {
  return values.reduce((bits: number, value, at) => (value === null ? bits : bits | (1 << at)), 0)
}

/**
 * The open transactions. One is found by the fields that it has, by those that an event shares with it and by the values
 * of these: for each such key there is a stack, on top of which lies the one that was used last.
 */
export class OpenTransactions {
  events = 0
  private uses = 0
  private readonly order = new Set<Open>()
  private readonly stacks = new Map<string, Entry[]>()
  /** Sets of fields that transactions had so far. */
  private readonly met = new Set<number>()
  /** Sets of fields that events have. */
  private readonly asked: readonly number[]

  constructor(asked: Iterable<number>) {
    this.asked = [...new Set(asked)]
  }

  get size(): number {
    return this.order.size
  }

  /** All of them, the one that was used the longest ago first. */
  get all(): readonly Open[] {
    return [...this.order]
  }

  /** The one that was used the longest ago. */
  get eldest(): Open | undefined {
    return this.order.values().next().value
  }

  /** Notes that an event was added to it. */
  use(open: Open): void {
    this.order.delete(open)
    this.order.add(open)
    this.events++
    open.use = ++this.uses
    this.met.add(open.fields)
    const shared = new Set(this.asked.map(fields => fields & open.fields))
    for (const fields of shared) this.push(keyOf(open.fields, fields, open.values), open)
  }

  close(open: Open): void {
    this.order.delete(open)
    this.events -= open.places.length
  }

  /** The one that was used last of those that differ in no field; with `sharing` they agree in one at least. */
  find(values: readonly Cell[], sharing: boolean): Open | undefined {
    const fields = fieldsOf(values)
    let last: Open | undefined
    for (const met of this.met) {
      if (sharing && (met & fields) === 0) continue
      const open = this.top(keyOf(met, met & fields, values))
      if (open !== undefined && open.use > (last?.use ?? 0)) last = open
    }
    return last
  }

  private push(key: string, open: Open): void {
    const stack = this.stacks.get(key) ?? []
    const last = stack.at(-1)
    if (last?.open === open) last.use = open.use
    else stack.push({ open, use: open.use })
    this.stacks.set(key, stack)
  }

  private top(key: string): Open | undefined {
    const stack = this.stacks.get(key) ?? []
    for (;;) {
      const last = stack.at(-1)
      if (last === undefined) return undefined
      if (this.order.has(last.open) && last.use === last.open.use) return last.open
      stack.pop()
    }
  }
}

function keyOf(fields: number, shared: number, values: readonly Cell[]): string {
  return JSON.stringify([fields, shared, ...values.filter((_, at) => (shared & (1 << at)) !== 0)])
}
