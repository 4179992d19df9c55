import { closeSync, openSync, readSync, writeSync } from 'node:fs'
import { join } from 'node:path'

interface Stored {
  readonly length: number
  /** In memory, or at this place of the spool file. */
  readonly bytes: Uint8Array | number
}

/** Packed hits by file: in memory up to a budget (bytes), then on disk. Read back in the order of the files. */
export class HitSpool {
  private readonly byFile = new Map<number, Stored[]>()
  private readonly path: string
  private readonly budget: number
  private held = 0
  private written = 0
  private descriptor: number | undefined

  constructor(options: { readonly budget: number; readonly folder: string; readonly name: string }) {
    this.budget = options.budget
    this.path = join(options.folder, options.name)
  }

  add(file: number, bytes: Uint8Array): void {
    const stored = this.store(bytes)
    const list = this.byFile.get(file)
    if (list === undefined) this.byFile.set(file, [stored])
    else list.push(stored)
  }

  /** The packed hits of each file in turn, in the order in which they came. */
  *read(): Generator<{ readonly file: number; readonly bytes: Uint8Array }> {
    for (const file of [...this.byFile.keys()].sort((a, b) => a - b))
      for (const bytes of this.of(file)) yield { file, bytes }
  }

  /** The packed hits of one file. */
  *of(file: number): Generator<Uint8Array> {
    for (const stored of this.byFile.get(file) ?? []) yield this.load(stored)
  }

  close(): void {
    if (this.descriptor !== undefined) closeSync(this.descriptor)
    this.descriptor = undefined
  }

  private store(bytes: Uint8Array): Stored {
    if (this.held + bytes.length <= this.budget) {
      this.held += bytes.length
      return { length: bytes.length, bytes }
    }
    this.descriptor ??= openSync(this.path, 'w+')
    writeSync(this.descriptor, bytes, 0, bytes.length, this.written)
    const at = this.written
    this.written += bytes.length
    return { length: bytes.length, bytes: at }
  }

  private load({ bytes, length }: Stored): Uint8Array {
    if (typeof bytes !== 'number') return bytes
    if (this.descriptor === undefined) throw new Error('bug: the spool is closed')
    const out = new Uint8Array(length)
    readSync(this.descriptor, out, 0, length, bytes)
    return out
  }
}
