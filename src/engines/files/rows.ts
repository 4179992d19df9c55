import { deserialize, serialize } from 'node:v8'

/** Rows as plain data: their texts in one, everything else numbers. */
interface PackedRows {
  readonly texts: Uint8Array
  /** Whether a unit of a text takes two bytes. */
  readonly wide: boolean
  /** Where each text ends, in units. */
  readonly ends: Uint32Array
  readonly numbers: Uint32Array
  /** Where the numbers of each row begin. */
  readonly starts: Uint32Array
  readonly times: Float64Array
}

/** What a row holds; some numbers, below 2^32, whose count is agreed between who packs and who unpacks. */
export interface Row {
  /** UTC ms; NaN if there is none. */
  readonly time: number
  readonly id: string
  readonly numbers: readonly number[]
  /** Values of each field that is carried. */
  readonly carried: readonly (readonly string[])[]
}

/** Packs rows for the way between threads and for disk: each text once. */
export class RowPacker {
  private texts: string[] = []
  private places = new Map<string, number>()
  private numbers: number[] = []
  private starts: number[] = []
  private times: number[] = []

  get count(): number {
    return this.starts.length
  }

  add({ time, id, numbers, carried }: Row): void {
    this.starts.push(this.numbers.length)
    this.times.push(time)
    for (const number of numbers) this.numbers.push(number)
    // An id comes once for most rules: it is not looked for.
    this.numbers.push(this.texts.push(id) - 1)
    for (const values of carried) {
      this.numbers.push(values.length)
      for (const value of values) this.numbers.push(this.place(value))
    }
  }

  /** Everything so far as bytes; starts anew. */
  take(): Uint8Array {
    const ends = new Uint32Array(this.texts.length)
    let end = 0
    this.texts.forEach((text, place) => {
      end += text.length
      ends[place] = end
    })
    const text = this.texts.join('')
    const wide = BEYOND_LATIN1.test(text)
    const packed: PackedRows = {
      texts: Buffer.from(text, wide ? 'utf16le' : 'latin1'),
      wide,
      ends,
      numbers: Uint32Array.from(this.numbers),
      starts: Uint32Array.from(this.starts),
      times: Float64Array.from(this.times),
    }
    this.texts = []
    this.places = new Map()
    this.numbers = []
    this.starts = []
    this.times = []
    return serialize(packed)
  }

  private place(text: string): number {
    const known = this.places.get(text)
    if (known !== undefined) return known
    this.places.set(text, this.texts.length)
    return this.texts.push(text) - 1
  }
}

const BEYOND_LATIN1 = /[^\0-\xff]/

/** Rows that were packed; texts are cut out when they are asked for. */
export class Rows {
  private readonly packed: PackedRows
  private readonly texts: Buffer
  private readonly cut: (string | undefined)[] = []
  /** Numbers of a row before its id. */
  private readonly width: number

  constructor(bytes: Uint8Array, width: number) {
    this.packed = deserialize(bytes) as PackedRows
    const { texts } = this.packed
    this.texts = Buffer.from(texts.buffer, texts.byteOffset, texts.byteLength)
    this.width = width
  }

  get count(): number {
    return this.packed.starts.length
  }

  number(row: number, place: number): number {
    return this.packed.numbers[(this.packed.starts[row] ?? 0) + place] ?? 0
  }

  time(row: number): number {
    return this.packed.times[row] ?? Number.NaN
  }

  id(row: number): string {
    return this.textAt(this.number(row, this.width))
  }

  carried(row: number): readonly (readonly string[])[] {
    const { numbers, starts } = this.packed
    const fields: (readonly string[])[] = []
    const end = starts[row + 1] ?? numbers.length
    for (let at = (starts[row] ?? 0) + this.width + 1; at < end; ) {
      const count = numbers[at++] ?? 0
      if (count === 1) fields.push([this.text(numbers[at] ?? 0)])
      else fields.push(Array.from({ length: count }, (_, place) => this.text(numbers[at + place] ?? 0)))
      at += count
    }
    return fields
  }

  private text(place: number): string {
    const known = this.cut[place]
    if (known !== undefined) return known
    const own = this.textAt(place)
    this.cut[place] = own
    return own
  }

  /** Copied out: a part of a text would keep the whole in memory. */
  private textAt(place: number): string {
    const { ends, wide } = this.packed
    const start = place === 0 ? 0 : (ends[place - 1] ?? 0)
    const end = ends[place] ?? start
    return wide
      ? this.texts.toString('utf16le', start * 2, end * 2)
      : this.texts.toString('latin1', start, end)
  }
}
