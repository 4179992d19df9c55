import { deserialize, serialize } from 'node:v8'
import type { NormalEvent } from '../../core/event.ts'
import type { FieldValue, Hit } from '../../core/hit.ts'
import { ABSENT, ACTOR_TEXTS, EVENT_TEXTS, OUTCOMES, PackedEvent, type PackedHits } from './packed-event.ts'

const NOTHING: readonly FieldValue[] = []

/** Collects hits and packs them. The hits of one event follow each other and share one `NormalEvent`. */
export class HitPacker {
  private texts: string[] = []
  private places = new Map<string, number>()
  private numbers: number[] = []
  private last: NormalEvent | undefined
  count = 0

  /** @param record number of the record in the whole file, all members counted through */
  add(hit: Hit, record: number): void {
    const same = hit.event === this.last
    this.numbers.push(same ? 1 : 0)
    if (!same) this.event(hit, record)
    this.last = hit.event
    this.numbers.push(hit.rule, this.place(hit.entity))
    this.values(hit.matched)
    this.values(hit.shown)
    this.values(hit.carried ?? NOTHING)
    this.values(hit.approvals ?? NOTHING)
    this.count++
  }

  /** Everything so far as bytes; starts anew. */
  take(): Uint8Array {
    const packed: PackedHits = { texts: this.texts, numbers: Float64Array.from(this.numbers) }
    this.texts = []
    this.places = new Map()
    this.numbers = []
    this.last = undefined
    this.count = 0
    return serialize(packed)
  }

  private event({ event, evidence }: Hit, record: number): void {
    this.numbers.push(record, evidence.record, this.place(evidence.file), this.place(evidence.sha256))
    this.numbers.push(event.time ?? Number.NaN, OUTCOMES.indexOf(event.outcome))
    for (const key of EVENT_TEXTS) this.numbers.push(this.place(event[key]))
    for (const key of ACTOR_TEXTS) this.numbers.push(this.place(event.actor[key]))
    this.numbers.push(flag(event.actor.mfa), flag(event.actor.console), event.resources.length)
    for (const resource of event.resources) this.numbers.push(this.place(resource))
  }

  private values(values: readonly FieldValue[]): void {
    this.numbers.push(values.length)
    for (const { field, value } of values) this.numbers.push(this.place(field), this.place(value))
  }

  private place(text: string | undefined): number {
    if (text === undefined) return ABSENT
    const known = this.places.get(text)
    if (known !== undefined) return known
    this.places.set(text, this.texts.length)
    return this.texts.push(text) - 1
  }
}

function flag(value: boolean | undefined): number {
  return value === undefined ? ABSENT : Number(value)
}

/** A hit and the number of its record in the whole file. */
export interface PlacedHit {
  /** Its event and evidence are unpacked when they are asked for. */
  readonly hit: Hit
  readonly record: number
  /** Time (UTC ms; NaN if it has none) and id of its event. */
  readonly time: number
  readonly id: string
}

/** Unpacks what `HitPacker` packed, in the same order. */
export function* unpackHits(bytes: Uint8Array): Generator<PlacedHit> {
  const reader = new HitReader(deserialize(bytes) as PackedHits)
  while (!reader.atEnd) yield reader.next()
}

class HitReader {
  private at = 0
  private readonly packed: PackedHits
  private shared: PackedEvent | undefined

  constructor(packed: PackedHits) {
    this.packed = packed
  }

  get atEnd(): boolean {
    return this.at >= this.packed.numbers.length
  }

  next(): PlacedHit {
    if (this.number() === 0) {
      this.shared = new PackedEvent(this.packed, this.at)
      this.at = this.shared.end
    }
    const { shared } = this
    if (shared === undefined) throw new Error('bug: a hit without its event')
    const rule = this.number()
    const entity = this.text()
    const { packed } = this
    const [matched, shown, carried, approvals] = [this.skip(), this.skip(), this.skip(), this.skip()]
    const { record, time, id } = shared
    return {
      hit: {
        rule,
        get event() {
          return shared.event
        },
        get evidence() {
          return shared.evidence
        },
        get matched() {
          return valuesAt(packed, matched)
        },
        get shown() {
          return valuesAt(packed, shown)
        },
        ...(packed.numbers[carried] === 0 ? {} : { carried: valuesAt(packed, carried) }),
        ...(packed.numbers[approvals] === 0 ? {} : { approvals: valuesAt(packed, approvals) }),
        ...(entity === undefined ? {} : { entity }),
      },
      record,
      time,
      id,
    }
  }

  /** Goes on behind values; gives where they are. */
  private skip(): number {
    const from = this.at
    this.at += 1 + 2 * (this.packed.numbers[from] ?? 0)
    return from
  }

  private number(): number {
    return this.packed.numbers[this.at++] ?? 0
  }

  private text(): string | undefined {
    return this.packed.texts[this.number()]
  }
}

/** How many there are, then field and value of each. */
function valuesAt({ texts, numbers }: PackedHits, from: number): readonly FieldValue[] {
  const values: FieldValue[] = []
  const end = from + 1 + 2 * (numbers[from] ?? 0)
  for (let at = from + 1; at < end; at += 2)
    values.push({ field: texts[numbers[at] ?? 0] ?? '', value: texts[numbers[at + 1] ?? 0] ?? '' })
  return values
}
