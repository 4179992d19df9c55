import { deserialize, serialize } from 'node:v8'

/** A hit without its event: what rules that remember want of it, and where the text of its record is. */
export interface BareHit {
  /** Place of the rule in the list of rules that ran. */
  readonly rule: number
  /** Number of the record in the whole file, and in its member. */
  readonly record: number
  readonly number: number
  /** The file as people know it, with the member of an archive. */
  readonly file: string
  /** Id of the source. */
  readonly source: string
  /** UTC ms; NaN if the event has none. */
  readonly time: number
  readonly id: string
  /** Where the JSON of the event is: in the spool of a thread. */
  readonly at: number
  readonly length: number
  /** SHA-256 (hex) of the record's text, where that is not the JSON of the event. */
  readonly sha256: string | undefined
}

interface Packed {
  readonly thread: string
  /** All texts, one after the other, and where each ends. */
  readonly text: string
  readonly ends: Uint32Array
  readonly numbers: Float64Array
}

const ABSENT = -1
/** Numbers of a hit before its values; the last of them says how many it has in all. */
const HEAD = 11

/** Collects bare hits and packs them: each text once, everything else numbers. */
export class BarePacker {
  private readonly thread: string
  private texts: string[] = []
  private places = new Map<string, number>()
  private numbers: number[] = []
  count = 0

  constructor(thread: string) {
    this.thread = thread
  }

  /** @param carried values of each field that is carried */
  add(rule: number, hit: Omit<BareHit, 'rule'>, carried: readonly (readonly string[])[]): void {
    const { numbers } = this
    const start = numbers.length
    numbers.push(rule, hit.record, hit.number, this.place(hit.file), this.place(hit.source), hit.time)
    // An id comes once for most rules: it is not looked for.
    numbers.push(this.texts.push(hit.id) - 1, hit.at, hit.length)
    numbers.push(hit.sha256 === undefined ? ABSENT : this.place(hit.sha256), 0)
    for (const values of carried) {
      numbers.push(values.length)
      for (const value of values) numbers.push(this.place(value))
    }
    numbers[start + HEAD - 1] = numbers.length - start
    this.count++
  }

  /** Everything so far as bytes; starts anew. */
  take(): Uint8Array {
    const ends = new Uint32Array(this.texts.length)
    let end = 0
    this.texts.forEach((text, place) => {
      end += text.length
      ends[place] = end
    })
    const { thread, texts, numbers } = this
    const packed: Packed = { thread, text: texts.join(''), ends, numbers: Float64Array.from(numbers) }
    this.texts = []
    this.places = new Map()
    this.numbers = []
    this.count = 0
    return serialize(packed)
  }

  private place(text: string): number {
    const known = this.places.get(text)
    if (known !== undefined) return known
    this.places.set(text, this.texts.length)
    return this.texts.push(text) - 1
  }
}

/** Unpacks what `BarePacker` packed, in the same order; texts are cut out when they are asked for. */
export function* unpackBare(bytes: Uint8Array): Generator<PackedBare> {
  const packed = deserialize(bytes) as Packed
  const cut: (string | undefined)[] = []
  for (let at = 0; at < packed.numbers.length; ) {
    const hit = new PackedBare(packed, at, cut)
    yield hit
    at += hit.size
  }
}

/** One bare hit among those that were packed with it. */
export class PackedBare implements BareHit {
  private readonly packed: Packed
  private readonly from: number
  /** Texts of the pack that somebody asked for. */
  private readonly cut: (string | undefined)[]

  constructor(packed: Packed, from: number, cut: (string | undefined)[]) {
    this.packed = packed
    this.from = from
    this.cut = cut
  }

  get rule(): number {
    return this.value(0)
  }
  get record(): number {
    return this.value(1)
  }
  get number(): number {
    return this.value(2)
  }
  get file(): string {
    return this.text(this.value(3))
  }
  get source(): string {
    return this.text(this.value(4))
  }
  get time(): number {
    return this.value(5)
  }
  get id(): string {
    return this.text(this.value(6))
  }
  get at(): number {
    return this.value(7)
  }
  get length(): number {
    return this.value(8)
  }
  get sha256(): string | undefined {
    return this.value(9) === ABSENT ? undefined : this.text(this.value(9))
  }
  /** Numbers that it takes. */
  get size(): number {
    return this.value(HEAD - 1)
  }
  get thread(): string {
    return this.packed.thread
  }

  /** Values of each field that is carried. */
  get carried(): readonly (readonly string[])[] {
    const fields: (readonly string[])[] = []
    for (let at = HEAD; at < this.size; ) {
      const count = this.value(at++)
      if (count === 1) fields.push([this.text(this.value(at))])
      else fields.push(Array.from({ length: count }, (_, place) => this.text(this.value(at + place))))
      at += count
    }
    return fields
  }

  private value(place: number): number {
    return this.packed.numbers[this.from + place] ?? 0
  }

  private text(place: number): string {
    const known = this.cut[place]
    if (known !== undefined) return known
    const { text, ends } = this.packed
    const own = text.slice(place === 0 ? 0 : ends[place - 1], ends[place])
    this.cut[place] = own
    return own
  }
}
