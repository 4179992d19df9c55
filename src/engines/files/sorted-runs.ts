import { closeSync, openSync, readSync, writeSync } from 'node:fs'
import { deserialize, serialize } from 'node:v8'
import { Heap } from '../../core/heap.ts'

/** How values are sorted, and written down on the way. */
export interface Sorting<Value> {
  readonly compare: (a: Value, b: Value) => number
  readonly packing: Packing<Value>
}

/** How values become bytes: some at once. */
export interface Packing<Value> {
  pack(values: readonly Value[]): Uint8Array
  unpack(bytes: Uint8Array): Iterable<Value>
}

export interface RunOptions<Value> extends Sorting<Value> {
  /** To be made, for what does not fit in memory. */
  readonly file: string
  /** Values that are sorted at once. */
  readonly run: number
}

/** Sorted values as plain data: runs, each in order, of packs in memory or in the file. */
export interface SortedRuns {
  readonly file: string
  readonly runs: readonly Run[]
}

type Run = readonly Pack[]
type Pack = Uint8Array | { readonly at: number; readonly length: number }

/** Values that are packed at once, and runs that are merged at once. */
const PACK = 1000
const MOST_RUNS = 64

/** Plain data of any form. */
function anyPacking<Value>(): Packing<Value> {
  return { pack: serialize, unpack: bytes => deserialize(bytes) as readonly Value[] }
}

/** Values in order, in bounded memory; plain data, if nothing is said of how they are packed. */
export function* sortedByRuns<Value>(
  values: Iterable<Value>,
  { packing = anyPacking<Value>(), ...options }: Omit<RunOptions<Value>, 'packing'> & Partial<Sorting<Value>>,
): Generator<Value> {
  const sorting = { ...options, packing }
  const sorter = new RunSorter(sorting)
  try {
    for (const value of values) sorter.add(value)
    yield* mergedRuns([sorter.finish()], sorting)
  } finally {
    sorter.close()
  }
}

/** Sorts values in runs, which go to a file; few values stay in memory. */
export class RunSorter<Value> {
  private readonly options: RunOptions<Value>
  private held: Value[] = []
  private runs: Run[] = []
  private descriptor: number | undefined
  private written = 0

  constructor(options: RunOptions<Value>) {
    this.options = options
  }

  add(value: Value): void {
    this.held.push(value)
    if (this.held.length >= this.options.run) this.spill()
  }

  /** All values so far; the file is theirs, if there is one. */
  finish(): SortedRuns {
    if (this.runs.length > 0) this.spill()
    const held = this.held.sort(this.options.compare)
    const { file, packing } = this.options
    if (held.length === 0) return { file, runs: this.runs }
    return { file, runs: [[...inPacks(held)].map(pack => packing.pack(pack))] }
  }

  close(): void {
    if (this.descriptor !== undefined) closeSync(this.descriptor)
    this.descriptor = undefined
  }

  private spill(): void {
    const { compare, file } = this.options
    this.runs.push(this.write(this.held.sort(compare)))
    this.held = []
    if (this.runs.length < MOST_RUNS) return
    this.runs = [this.write(mergedRuns([{ file, runs: this.runs }], this.options))]
  }

  private write(values: Iterable<Value>): Run {
    const { file, packing } = this.options
    this.descriptor ??= openSync(file, 'w')
    const run: Pack[] = []
    for (const pack of inPacks(values)) {
      const bytes = packing.pack(pack)
      for (let at = 0; at < bytes.length; )
        at += writeSync(this.descriptor, bytes, at, bytes.length - at, this.written + at)
      run.push({ at: this.written, length: bytes.length })
      this.written += bytes.length
    }
    return run
  }
}

function* inPacks<Value>(values: Iterable<Value>): Generator<readonly Value[]> {
  let pack: Value[] = []
  for (const value of values) {
    pack.push(value)
    if (pack.length < PACK) continue
    yield pack
    pack = []
  }
  if (pack.length > 0) yield pack
}

/** All values that were sorted somewhere, in order; may be read by several at once, and again. */
export function* mergedRuns<Value>(
  sorted: readonly SortedRuns[],
  { compare, packing }: Sorting<Value>,
): Generator<Value> {
  const descriptors = new Map<string, number>()
  try {
    const sources = sorted.flatMap(({ file, runs }) =>
      runs.map(run => {
        const onDisk = run.some(pack => !(pack instanceof Uint8Array))
        if (onDisk && !descriptors.has(file)) descriptors.set(file, openSync(file, 'r'))
        return valuesOf(run, descriptors.get(file) ?? -1, packing)
      }),
    )
    yield* merged(sources, compare)
  } finally {
    for (const descriptor of descriptors.values()) closeSync(descriptor)
  }
}

function* valuesOf<Value>(run: Run, descriptor: number, packing: Packing<Value>): Generator<Value> {
  for (const pack of run) yield* packing.unpack(pack instanceof Uint8Array ? pack : bytesAt(descriptor, pack))
}

function bytesAt(
  descriptor: number,
  { at, length }: { readonly at: number; readonly length: number },
): Uint8Array {
  const bytes = new Uint8Array(length)
  readSync(descriptor, bytes, 0, length, at)
  return bytes
}

function* merged<Value>(
  sources: readonly Iterator<Value>[],
  compare: (a: Value, b: Value) => number,
): Generator<Value> {
  const heads = new Heap<{ readonly value: Value; readonly from: Iterator<Value> }>((a, b) =>
    compare(a.value, b.value),
  )
  const next = (from: Iterator<Value>): void => {
    const { done, value } = from.next()
    if (done !== true) heads.push({ value, from })
  }
  sources.forEach(next)
  for (let head = heads.pop(); head !== undefined; head = heads.pop()) {
    yield head.value
    next(head.from)
  }
}
