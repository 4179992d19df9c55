import { compare as compareText } from '../../core/order.ts'
import type { Signal } from '../../state/signal.ts'
import { signalValues } from '../../state/signal-values.ts'
import { type Row, RowPacker, Rows } from './rows.ts'
import type { Sorting } from './sorted-runs.ts'

/** What rules that remember want to know of a hit, and where its event is. Plain data. */
export interface HitSignal {
  /** Place of the rule in the list of rules that ran. */
  readonly rule: number
  /** Number of the file, and of the record in the whole file. */
  readonly file: number
  readonly record: number
  /** UTC ms; NaN if the event has none. */
  readonly time: number
  readonly id: string
  /** Values of each field that is carried of hits of the rule. */
  readonly carried: readonly (readonly string[])[]
}

/** Numbers of a signal that is packed: rule, file, record. */
const WIDTH = 3

const packing = {
  pack(signals: readonly HitSignal[]): Uint8Array {
    const packer = new RowPacker()
    for (const { rule, file, record, time, id, carried } of signals)
      packer.add({ time, id, numbers: [rule, file, record], carried } satisfies Row)
    return packer.take()
  },
  *unpack(bytes: Uint8Array): Generator<HitSignal> {
    const rows = new Rows(bytes, WIDTH)
    for (let row = 0; row < rows.count; row++)
      yield {
        rule: rows.number(row, 0),
        file: rows.number(row, 1),
        record: rows.number(row, 2),
        time: rows.time(row),
        id: rows.id(row),
        carried: rows.carried(row),
      }
  },
}

/** Order of signals: time, event id, rule; then place, so that nothing is left to chance. */
export const byTime: Sorting<HitSignal> = {
  packing,
  compare: (a, b) => a.time - b.time || compareText(a.id, b.id) || a.rule - b.rule || comparePlaces(a, b),
}

/** Order of the files. */
export const byPlace: Sorting<HitSignal> = {
  packing,
  compare: (a, b) => comparePlaces(a, b) || a.rule - b.rule,
}

function comparePlaces(a: HitSignal, b: HitSignal): number {
  return a.file - b.file || a.record - b.record
}

/** What signals are made of: ids and carried fields of the rules that ran. */
export interface SignalNames {
  readonly ids: readonly string[]
  readonly carry: readonly (readonly string[])[]
}

/** The signal as state machines want it. @param evidence a number of its own */
export function stateSignal(
  { rule, time, id, carried }: Omit<HitSignal, 'file' | 'record'>,
  { ids, carry }: SignalNames,
  evidence: number,
): Signal {
  const fields = carry[rule] ?? []
  const values = signalValues(carried.map((texts, place) => [fields[place] ?? '', texts]))
  return { rule: ids[rule] ?? '', time, id, values, evidence }
}
