import { join } from 'node:path'
import type { CorrelationRule } from '../../plan/state-rule.ts'
import { type Hopes, type Noted, Prospects, Wanted } from '../../state/prospects.ts'
import { byPlace, byTime, type HitSignal, stateSignal } from './hit-signal.ts'
import { HitSpool } from './hit-spool.ts'
import type { FoundEvent } from './member-events.ts'
import { RowPacker, Rows } from './rows.ts'
import type { ScanJob } from './scan-job.ts'
import { RunSorter, type SortedRuns } from './sorted-runs.ts'

/** What a thread is told when all files are scanned. Plain data. */
export interface BareRequest {
  readonly hopes: Hopes
  /** File -> records that repeat earlier ones. */
  readonly repeats: ReadonlyMap<number, ReadonlySet<number>>
  /** File -> records whose id stands for different contents. */
  readonly conflicting: ReadonlyMap<number, ReadonlySet<number>>
}

/** What became of the bare hits of a thread; of rules by their numbers. Plain data. */
export interface BareShare {
  /** Rule -> hits, without repeats and those in conflict. */
  readonly hits: ReadonlyMap<number, number>
  /** Rule -> hits without a time; they are no signals. */
  readonly timeless: ReadonlyMap<number, number>
  /** Of those hits the wanted ones, in order of time. */
  readonly signals: SortedRuns
  /** All hits of records in conflict, in order of the files. */
  readonly conflicts: SortedRuns
}

type Place = Pick<FoundEvent, 'ordinal' | 'number' | 'member' | 'at' | 'length'>

/** Where the event of a bare hit is: see `FoundEvent`. */
export interface BarePlace extends Place {
  readonly id: string
}

/** A hit without its event: what rules that remember want of it, and where its event is. */
export interface BareHit {
  /** UTC ms; NaN if the event has none. */
  readonly time: number
  readonly id: string
  readonly carried: readonly (readonly string[])[]
}

/** Hits packed at once. */
const BATCH = 4096
/** Signals sorted at once. */
export const RUN = 25_000
/** Numbers of a row. */
const RULE = 0
const TICKET = 1
const ORDINAL = 2
const NUMBER = 3
const MEMBER = 4
const AT = 5
const LENGTH = 6
const WIDTH = 7
/** Stands for no place. */
const NOWHERE = 0xffffffff

/** The bare hits of one thread, on its own disk space beyond a budget. */
export class BareStore {
  private readonly spool: HitSpool
  private readonly packer = new RowPacker()
  private readonly prospects: Prospects
  private readonly rules: readonly CorrelationRule[]
  private readonly bases: ReadonlySet<string>
  private readonly names: { readonly ids: readonly string[]; readonly carry: readonly (readonly string[])[] }
  private readonly sorters: readonly RunSorter<HitSignal>[]
  private file = 0

  constructor(
    { rules, carry = [], correlations = [], bare = [], bareBudget, folder }: ScanJob,
    thread: string,
  ) {
    this.names = { ids: rules.map(({ meta }) => meta.id), carry }
    this.rules = correlations
    this.bases = bareBases(this.names.ids, bare)
    this.prospects = new Prospects(correlations, this.bases)
    this.spool = new HitSpool({ budget: bareBudget, folder, name: `bare-${thread}` })
    this.sorters = [byTime, byPlace].map(
      (sorting, at) => new RunSorter({ ...sorting, file: join(folder, `signals-${thread}-${at}`), run: RUN }),
    )
  }

  begin(file: number): void {
    this.file = file
  }

  add(rule: number, { ordinal, number, member, at, length }: Place, hit: BareHit): void {
    const { time, id, carried } = hit
    const signal = stateSignal({ rule, time, id, carried }, this.names, 0)
    const ticket = Number.isNaN(time) ? 0 : this.prospects.note(signal)
    const numbers = [rule, ticket, ordinal, number, member, at < 0 ? NOWHERE : at, length]
    this.packer.add({ time, id, numbers, carried })
    if (this.packer.count >= BATCH) this.flush()
  }

  /** To be called after each file. */
  flush(): void {
    if (this.packer.count > 0) this.spool.add(this.file, this.packer.take())
  }

  /** What all of them came to, copies included. */
  noted(): Noted {
    return this.prospects.noted()
  }

  /** Tells hits apart: repeats, those in conflict, those of which something may come, others. */
  share({ hopes, repeats, conflicting }: BareRequest): BareShare {
    const wanted = new Wanted(this.rules, this.bases, hopes)
    const hits = new Map<number, number>()
    const timeless = new Map<number, number>()
    const [signals, conflicts] = this.sorters
    for (const { file, bytes } of this.spool.read()) {
      const rows = new Rows(bytes, WIDTH)
      const repeated = repeats.get(file)
      const conflict = conflicting.get(file)
      for (let row = 0; row < rows.count; row++) {
        const record = rows.number(row, ORDINAL)
        if (repeated?.has(record) === true) continue
        if (conflict?.has(record) === true) {
          conflicts?.add(signalAt(rows, row, file))
          continue
        }
        const rule = rows.number(row, RULE)
        count(hits, rule)
        if (Number.isNaN(rows.time(row))) count(timeless, rule)
        else {
          const made = () => stateSignal(signalAt(rows, row, file), this.names, 0)
          if (wanted.of(this.names.ids[rule] ?? '', rows.number(row, TICKET), made))
            signals?.add(signalAt(rows, row, file))
        }
      }
    }
    const [inTime, inPlace] = this.sorters.map(sorter => sorter.finish())
    if (inTime === undefined || inPlace === undefined) throw new Error('bug: nothing is sorted')
    return { hits, timeless, signals: inTime, conflicts: inPlace }
  }

  /** Where the events of some records of a file are, by record. */
  places(file: number, records: { has(record: number): boolean }): ReadonlyMap<number, BarePlace> {
    const places = new Map<number, BarePlace>()
    for (const bytes of this.spool.of(file)) {
      const rows = new Rows(bytes, WIDTH)
      for (let row = 0; row < rows.count; row++) {
        const ordinal = rows.number(row, ORDINAL)
        if (records.has(ordinal)) places.set(ordinal, placeAt(rows, row, ordinal))
      }
    }
    return places
  }

  close(): void {
    this.spool.close()
    for (const sorter of this.sorters) sorter.close()
  }
}

/** Ids of the rules whose hits are bare. */
export function bareBases(ids: readonly string[], bare: readonly boolean[]): ReadonlySet<string> {
  return new Set(ids.filter((_, number) => bare[number] === true))
}

function signalAt(rows: Rows, row: number, file: number): HitSignal {
  return {
    rule: rows.number(row, RULE),
    file,
    record: rows.number(row, ORDINAL),
    time: rows.time(row),
    id: rows.id(row),
    carried: rows.carried(row),
  }
}

function placeAt(rows: Rows, row: number, ordinal: number): BarePlace {
  const at = rows.number(row, AT)
  return {
    ordinal,
    number: rows.number(row, NUMBER),
    member: rows.number(row, MEMBER),
    at: at === NOWHERE ? -1 : at,
    length: rows.number(row, LENGTH),
    id: rows.id(row),
  }
}

function count(counts: Map<number, number>, rule: number): void {
  counts.set(rule, (counts.get(rule) ?? 0) + 1)
}
