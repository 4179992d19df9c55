import { closeSync, openSync, readSync, writeSync } from 'node:fs'
import { Heap } from '../core/heap.ts'

/** Values that are read at once. */
const BLOCK = 64

/** Pieces of the file that hold values in order. */
type Run = readonly { readonly at: number; readonly length: number }[]

export interface RunOptions<Value> {
  readonly compare: (a: Value, b: Value) => number
  /** To be made, for what does not fit in memory. */
  readonly file: string
  /** Values that are sorted at once. */
  readonly run: number
}

/** Values in order, in bounded memory: sorted in runs, which go to a file and are merged. Values are plain data. */
export function* sortedByRuns<Value>(
  values: Iterable<Value>,
  { compare, file, run }: RunOptions<Value>,
): Generator<Value> {
  const store = new RunStore<Value>(file)
  try {
    const runs: Run[] = []
    let held: Value[] = []
    for (const value of values) {
      held.push(value)
      if (held.length < run) continue
      runs.push(store.write(held.sort(compare)))
      held = []
    }
    held.sort(compare)
    if (runs.length === 0) yield* held
    else yield* merged([...runs.map(one => store.read(one)), held.values()], compare)
  } finally {
    store.close()
  }
}

class RunStore<Value> {
  private readonly path: string
  private descriptor: number | undefined
  private written = 0

  constructor(path: string) {
    this.path = path
  }

  write(values: readonly Value[]): Run {
    this.descriptor ??= openSync(this.path, 'w+')
    const run: { at: number; length: number }[] = []
    for (let from = 0; from < values.length; from += BLOCK) {
      const bytes = Buffer.from(JSON.stringify(values.slice(from, from + BLOCK)))
      for (let at = 0; at < bytes.length; ) {
        at += writeSync(this.descriptor, bytes, at, bytes.length - at, this.written + at)
      }
      run.push({ at: this.written, length: bytes.length })
      this.written += bytes.length
    }
    return run
  }

  *read(run: Run): Generator<Value> {
    if (this.descriptor === undefined) throw new Error('bug: runs that were not written')
    for (const { at, length } of run) {
      const bytes = Buffer.allocUnsafe(length)
      readSync(this.descriptor, bytes, 0, length, at)
      yield* JSON.parse(bytes.toString()) as Value[]
    }
  }

  close(): void {
    if (this.descriptor !== undefined) closeSync(this.descriptor)
  }
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
