import { closeSync, openSync, readSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { Heap } from '../../core/heap.ts'
import type { Hit } from '../../core/hit.ts'
import { HitPacker, unpackHits } from './hit-codec.ts'

/** Hits that are sorted at once, hits that are read at once, and runs that are merged at once. */
const RUN = 20_000
const PACK = 256
const MOST_RUNS = 64

/** Pieces of the file that hold hits in order. */
type Run = readonly { readonly at: number; readonly length: number }[]

/**
 * Hits in order of time, then event id, rule and place, in bounded memory: sorted in runs of 20,000, which go to
 * a file and are merged when they are read. Hits without a time are left out.
 */
export class SortedHits {
  private held: Hit[] = []
  private runs: Run[] = []
  private descriptor: number | undefined
  private written = 0
  private readonly path: string
  count = 0
  /** Hits that were left out, since nobody knows when they were. */
  withoutTime = 0

  constructor(folder: string) {
    this.path = join(folder, 'signals')
  }

  add(hit: Hit): void {
    if (hit.event.time === undefined) {
      this.withoutTime++
      return
    }
    this.count++
    this.held.push(hit)
    if (this.held.length >= RUN) this.spill()
  }

  /** All hits so far, in order; may be asked for again. */
  *read(): Generator<Hit> {
    this.held.sort(compareHits)
    if (this.runs.length === 0) yield* this.held
    else yield* merged([...this.runs.map(run => this.hitsOf(run)), this.held[Symbol.iterator]()])
  }

  close(): void {
    if (this.descriptor !== undefined) closeSync(this.descriptor)
    this.descriptor = undefined
  }

  private spill(): void {
    this.held.sort(compareHits)
    const run = this.write(this.held)
    this.held = []
    this.runs.push(run)
    if (this.runs.length < MOST_RUNS) return
    this.runs = [this.write(merged(this.runs.map(one => this.hitsOf(one))))]
  }

  private write(hits: Iterable<Hit>): Run {
    const run: { at: number; length: number }[] = []
    const packer = new HitPacker()
    const flush = (): void => {
      const bytes = packer.take()
      this.descriptor ??= openSync(this.path, 'w+')
      writeSync(this.descriptor, bytes, 0, bytes.length, this.written)
      run.push({ at: this.written, length: bytes.length })
      this.written += bytes.length
    }
    for (const hit of hits) {
      packer.add(hit, 0)
      if (packer.count >= PACK) flush()
    }
    if (packer.count > 0) flush()
    return run
  }

  private *hitsOf(run: Run): Generator<Hit> {
    if (this.descriptor === undefined) throw new Error('bug: the sorted hits are closed')
    for (const { at, length } of run) {
      const bytes = new Uint8Array(length)
      readSync(this.descriptor, bytes, 0, length, at)
      for (const { hit } of unpackHits(bytes)) yield hit
    }
  }
}

function* merged(sources: readonly Iterator<Hit>[]): Generator<Hit> {
  const heads = new Heap<{ readonly hit: Hit; readonly from: Iterator<Hit> }>((a, b) =>
    compareHits(a.hit, b.hit),
  )
  const next = (from: Iterator<Hit>): void => {
    const { done, value } = from.next()
    if (done !== true) heads.push({ hit: value, from })
  }
  sources.forEach(next)
  for (let head = heads.pop(); head !== undefined; head = heads.pop()) {
    yield head.hit
    next(head.from)
  }
}

/** Order of signals: time, event id, rule; then file and record, so that nothing is left to chance. */
function compareHits(a: Hit, b: Hit): number {
  return (
    (a.event.time ?? 0) - (b.event.time ?? 0) ||
    compare(a.evidence.event_id, b.evidence.event_id) ||
    a.rule - b.rule ||
    compare(a.evidence.file, b.evidence.file) ||
    a.evidence.record - b.evidence.record
  )
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
