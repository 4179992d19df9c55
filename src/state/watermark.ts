import { Heap } from '../core/heap.ts'
import type { Signal } from './signal.ts'
import { compareSignals } from './state-run.ts'

/**
 * Puts the signals of a stream in order. Each source may be late by so much; what all sources have passed is let
 * go, one time after the other. What comes later than that is counted and left out. Files have no need of it:
 * their signals are sorted.
 */
export class Watermark {
  /** Signals that came too late, by source. */
  readonly late = new Map<string, number>()
  private readonly lateness: (source: string) => number
  private readonly newest = new Map<string, number>()
  private readonly held = new Heap<Signal>(compareSignals)
  private passed = Number.NEGATIVE_INFINITY

  /** @param lateness ms by which signals of a source may come after later ones */
  constructor(lateness: (source: string) => number) {
    this.lateness = lateness
  }

  /** UTC ms; nothing at or before it comes any more. */
  get time(): number {
    return this.passed
  }

  /** A source that is known from now on: nothing is let go before it has spoken. */
  expect(source: string): void {
    if (!this.newest.has(source)) this.newest.set(source, Number.NEGATIVE_INFINITY)
  }

  /** A source is silent, and its time goes on all the same. */
  advance(source: string, time: number): void {
    this.newest.set(source, Math.max(time, this.newest.get(source) ?? time))
  }

  /** Takes a signal, or counts it as late. */
  add(source: string, signal: Signal): void {
    if (signal.time <= this.passed) {
      this.late.set(source, (this.late.get(source) ?? 0) + 1)
      return
    }
    this.held.push(signal)
    this.advance(source, signal.time)
  }

  /** Every time that is over, with its signals in order. */
  *ready(): Generator<{ readonly time: number; readonly signals: readonly Signal[] }> {
    let passed = Number.POSITIVE_INFINITY
    // Of the very moment that a source may still send there may be more to come.
    for (const [source, time] of this.newest) passed = Math.min(passed, time - this.lateness(source) - 1)
    if (passed > this.passed && passed !== Number.POSITIVE_INFINITY) this.passed = passed
    yield* this.release(this.passed)
  }

  /** No more comes: everything that is held. */
  *rest(): Generator<{ readonly time: number; readonly signals: readonly Signal[] }> {
    this.passed = Number.POSITIVE_INFINITY
    yield* this.release(this.passed)
  }

  private *release(until: number): Generator<{ readonly time: number; readonly signals: readonly Signal[] }> {
    for (let next = this.held.smallest; next !== undefined && next.time <= until; next = this.held.smallest) {
      const signals: Signal[] = []
      const { time } = next
      for (let one = this.held.smallest; one?.time === time; one = this.held.smallest) {
        signals.push(one)
        this.held.pop()
      }
      yield { time, signals }
    }
  }
}
