import { closeSync, openSync, readSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { deserialize, serialize } from 'node:v8'
import { Heap } from '../../core/heap.ts'
import type { Hit } from '../../core/hit.ts'

/** What rules that remember want to know of a hit. */
export interface HitSignal {
  readonly rule: number
  /** UTC ms */
  readonly time: number
  readonly id: string
  /** Number of the hit among all. */
  readonly place: number
  /** Names of fields, each followed by its values; the order is that of the hit. */
  readonly carried: readonly (readonly string[])[]
}

/** A hit and its number among all; its event need not be unpacked. */
export interface NumberedHit {
  readonly hit: Hit
  readonly place: number
  /** Time (UTC ms; NaN if it has none) and id of its event. */
  readonly time: number
  readonly id: string
}

/** Signals that are sorted at once, that are read at once, and runs that are merged at once. */
const RUN = 100_000
const PACK = 1000
const MOST_RUNS = 64

/** Several may be in one folder. */
let made = 0

/** Pieces of the file that hold signals in order. */
type Run = readonly { readonly at: number; readonly length: number }[]

/**
 * Signals in order of time, then event id, rule and place, in bounded memory: sorted in runs of 100,000, which go
 * to a file and are merged when they are read. Hits without a time are left out.
 */
export class SortedSignals {
  private held: HitSignal[] = []
  private runs: Run[] = []
  private descriptor: number | undefined
  private written = 0
  private readonly path: string
  /** Number of a rule -> hits that were left out, since nobody knows when they were. */
  readonly withoutTime = new Map<number, number>()

  constructor(folder: string) {
    this.path = join(folder, `signals-${made++}`)
  }

  /** @param of the hit with its number among all, and time (NaN if it has none) and id of its event */
  add({ hit, place, time, id }: NumberedHit): void {
    const { rule, carried = [] } = hit
    if (Number.isNaN(time)) {
      this.timeless(rule)
      return
    }
    const fields: string[][] = []
    for (const { field, value } of carried) {
      const last = fields.at(-1)
      if (last?.[0] === field) last.push(value)
      else fields.push([field, value])
    }
    this.put({ rule, time, id, place, carried: fields })
  }

  /** A signal with a time; it may be a part of something larger, which is not kept with it. */
  copy({ rule, time, id, place, carried }: HitSignal): void {
    this.put({
      rule,
      time,
      place,
      ...(deserialize(serialize({ id, carried })) as Pick<HitSignal, 'id' | 'carried'>),
    })
  }

  /** A hit of the rule that has no time. */
  timeless(rule: number): void {
    this.withoutTime.set(rule, (this.withoutTime.get(rule) ?? 0) + 1)
  }

  private put(signal: HitSignal): void {
    this.held.push(signal)
    if (this.held.length >= RUN) this.spill()
  }

  /** All signals, in order. */
  *read(): Generator<HitSignal> {
    this.held.sort(compareSignals)
    if (this.runs.length === 0) yield* this.held
    else yield* merged([...this.runs.map(run => this.signalsOf(run)), this.held[Symbol.iterator]()])
  }

  close(): void {
    if (this.descriptor !== undefined) closeSync(this.descriptor)
    this.descriptor = undefined
  }

  private spill(): void {
    this.held.sort(compareSignals)
    this.runs.push(this.write(this.held))
    this.held = []
    if (this.runs.length < MOST_RUNS) return
    this.runs = [this.write(merged(this.runs.map(one => this.signalsOf(one))))]
  }

  private write(signals: Iterable<HitSignal>): Run {
    const run: { at: number; length: number }[] = []
    let pack: HitSignal[] = []
    const flush = (): void => {
      const bytes = serialize(
        pack.map(({ rule, time, id, place, carried }) => [rule, time, id, place, carried]),
      )
      this.descriptor ??= openSync(this.path, 'w+')
      writeSync(this.descriptor, bytes, 0, bytes.length, this.written)
      run.push({ at: this.written, length: bytes.length })
      this.written += bytes.length
      pack = []
    }
    for (const signal of signals) {
      pack.push(signal)
      if (pack.length >= PACK) flush()
    }
    if (pack.length > 0) flush()
    return run
  }

  private *signalsOf(run: Run): Generator<HitSignal> {
    if (this.descriptor === undefined) throw new Error('bug: the sorted signals are closed')
    for (const { at, length } of run) {
      const bytes = new Uint8Array(length)
      readSync(this.descriptor, bytes, 0, length, at)
      for (const [rule, time, id, place, carried] of deserialize(bytes) as readonly Packed[])
        yield { rule, time, id, place, carried }
    }
  }
}

type Packed = readonly [number, number, string, number, readonly (readonly string[])[]]

function* merged(sources: readonly Iterator<HitSignal>[]): Generator<HitSignal> {
  const heads = new Heap<{ readonly signal: HitSignal; readonly from: Iterator<HitSignal> }>((a, b) =>
    compareSignals(a.signal, b.signal),
  )
  const next = (from: Iterator<HitSignal>): void => {
    const { done, value } = from.next()
    if (done !== true) heads.push({ signal: value, from })
  }
  sources.forEach(next)
  for (let head = heads.pop(); head !== undefined; head = heads.pop()) {
    yield head.signal
    next(head.from)
  }
}

/** Order of signals: time, event id, rule; then place, so that nothing is left to chance. */
function compareSignals(a: HitSignal, b: HitSignal): number {
  return a.time - b.time || compare(a.id, b.id) || a.rule - b.rule || a.place - b.place
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
