import type { PackedBare } from '../engines/files/bare-codec.ts'
import type { SortedSignals } from '../engines/files/sorted-signals.ts'
import type { Sweep } from '../engines/files/sweep.ts'
import { Prospects, SEVERAL } from '../state/prospects.ts'
import type { Signal, SignalValues } from '../state/signal.ts'
import { distinct } from './distinct.ts'
import type { RulePlan } from './rule-plan.ts'
import { signalValues } from './signal-values.ts'

/** A bare hit and its number among all hits. */
export interface NumberedBare {
  readonly hit: PackedBare
  readonly signal: Signal
}

/** The bare hits of a scan as signals: those of which something may come. */
export class BareSignals {
  private readonly swept: Sweep
  private readonly plan: RulePlan
  private readonly keepDuplicates: boolean
  /** Number of the first; the whole hits come before. */
  private readonly first: number
  private readonly prospects: Prospects
  /** Of each hit in turn the ticket of its group. */
  private tickets = new Int32Array(1024)
  /** Id of a rule -> distinct events. */
  readonly hits: ReadonlyMap<string, number>

  constructor(
    swept: Sweep,
    plan: RulePlan,
    options: { readonly keepDuplicates: boolean; readonly first: number },
  ) {
    this.swept = swept
    this.plan = plan
    this.keepDuplicates = options.keepDuplicates
    this.first = options.first
    const bases = plan.detections.filter((_, number) => plan.bare[number] === true).map(({ meta }) => meta.id)
    this.prospects = new Prospects(plan.correlations, new Set(bases))
    this.hits = this.count()
  }

  /** Puts those of which something may come to the others. */
  sortInto(signals: SortedSignals): void {
    for (const { hit, signal } of this.all())
      if (Number.isNaN(hit.time)) signals.timeless(hit.rule)
      else if (this.isWanted(signal)) {
        const { id, time, rule } = hit
        const fields = this.plan.carry[rule] ?? []
        const carried = hit.carried.map((values, place) => [fields[place] ?? '', ...values])
        signals.copy({ rule, time, id, place: signal.evidence, carried })
      }
  }

  /** The same once more, in any order. */
  *wanted(may: (rule: string, time: number) => boolean): Generator<NumberedBare> {
    for (const bare of this.all())
      if (may(bare.signal.rule, bare.hit.time) && this.isWanted(bare.signal)) yield bare
  }

  private isWanted(signal: Signal): boolean {
    return this.prospects.wanted(signal, this.tickets[signal.evidence - this.first] ?? SEVERAL)
  }

  private count(): ReadonlyMap<string, number> {
    const counts = new Map<string, number>()
    for (const { hit, signal } of this.all()) {
      counts.set(signal.rule, (counts.get(signal.rule) ?? 0) + 1)
      const noted = !Number.isNaN(hit.time) && this.prospects.noted.has(signal.rule)
      this.keep(signal.evidence - this.first, noted ? this.prospects.note(signal) : SEVERAL)
    }
    this.prospects.settle()
    return counts
  }

  private keep(place: number, ticket: number): void {
    if (place === this.tickets.length) {
      const more = new Int32Array(place * 2)
      more.set(this.tickets)
      this.tickets = more
    }
    this.tickets[place] = ticket
  }

  private *all(): Generator<NumberedBare> {
    const { detections, carry } = this.plan
    let place = this.first
    for (const { hit } of distinct(this.swept.bare(), this.keepDuplicates, ({ hit: one }) => one))
      yield {
        hit,
        signal: new BareSignal(hit, {
          rule: detections[hit.rule]?.meta.id ?? '',
          fields: carry[hit.rule] ?? [],
          evidence: place++,
        }),
      }
  }
}

/** A signal whose texts are looked up when they are asked for. */
class BareSignal implements Signal {
  readonly rule: string
  readonly evidence: number
  private readonly hit: PackedBare
  private readonly fields: readonly string[]
  private made: SignalValues | undefined

  constructor(
    hit: PackedBare,
    more: { readonly rule: string; readonly fields: readonly string[]; readonly evidence: number },
  ) {
    this.hit = hit
    this.rule = more.rule
    this.fields = more.fields
    this.evidence = more.evidence
  }

  get time(): number {
    return this.hit.time
  }

  get id(): string {
    return this.hit.id
  }

  get values(): SignalValues {
    this.made ??= signalValues(this.hit.carried.map((values, place) => [this.fields[place] ?? '', values]))
    return this.made
  }
}
