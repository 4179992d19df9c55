import { deserialize, serialize } from 'node:v8'
import type { Actor, EventOutcome, NormalEvent } from '../../core/event.ts'
import type { Evidence, FieldValue, Hit } from '../../core/hit.ts'

/** Hits packed for the way between threads and for disk: each text once, everything else numbers. */
export interface PackedHits {
  readonly texts: readonly string[]
  readonly numbers: Float64Array
}

const ABSENT = -1
const NOTHING: readonly FieldValue[] = []
const OUTCOMES: readonly EventOutcome[] = ['succeeded', 'denied', 'unknown']
const EVENT_TEXTS = [
  'id',
  'timeText',
  'service',
  'action',
  'error',
  'errorMessage',
  'account',
  'region',
  'address',
  'userAgent',
] as const
const ACTOR_TEXTS = [
  'type',
  'principal',
  'arn',
  'name',
  'account',
  'role',
  'session',
  'key',
  'invokedBy',
] as const

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
    const [matched, shown, carried] = [this.skip(), this.skip(), this.skip()]
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

/** Numbers of an event before its texts: record in the whole file, record in its member, file, hash, time, outcome. */
const HEAD = 6
const TIME = 4

/** An event that hits share, unpacked when it is asked for: rules that remember seldom want more than its time and id. */
class PackedEvent {
  private readonly packed: PackedHits
  private readonly from: number
  /** Where its numbers end. */
  readonly end: number
  private whole: NormalEvent | undefined
  private pointer: Evidence | undefined

  constructor(packed: PackedHits, from: number) {
    this.packed = packed
    this.from = from
    const resources = from + HEAD + EVENT_TEXTS.length + ACTOR_TEXTS.length + 2
    this.end = resources + 1 + (packed.numbers[resources] ?? 0)
  }

  get record(): number {
    return this.number(0)
  }

  get time(): number {
    return this.number(TIME)
  }

  get id(): string {
    // `id` is the first of the texts.
    return this.text(HEAD) ?? ''
  }

  get event(): NormalEvent {
    this.whole ??= this.unpack()
    return this.whole
  }

  get evidence(): Evidence {
    this.pointer ??= {
      event_id: this.id,
      event_time: this.text(HEAD + EVENT_TEXTS.indexOf('timeText')) ?? '',
      file: this.text(2) ?? '',
      record: this.number(1),
      sha256: this.text(3) ?? '',
    }
    return this.pointer
  }

  private unpack(): NormalEvent {
    const outcome = OUTCOMES[this.number(TIME + 1)] ?? 'unknown'
    const flags = HEAD + EVENT_TEXTS.length + ACTOR_TEXTS.length
    const actor: Actor = { ...this.texts(ACTOR_TEXTS, HEAD + EVENT_TEXTS.length), ...this.flags(flags) }
    const resources = Array.from(
      { length: this.number(flags + 2) },
      (_, at) => this.text(flags + 3 + at) ?? '',
    )
    const { time } = this
    return {
      ...this.texts(EVENT_TEXTS, HEAD),
      outcome,
      actor,
      resources,
      ...(Number.isNaN(time) ? {} : { time }),
    }
  }

  private flags(at: number): { mfa?: boolean; console?: boolean } {
    const mfa = this.number(at)
    const console = this.number(at + 1)
    return { ...(mfa < 0 ? {} : { mfa: mfa === 1 }), ...(console < 0 ? {} : { console: console === 1 }) }
  }

  private texts<Key extends string>(keys: readonly Key[], from: number): { [key in Key]?: string } {
    const out: { [key in Key]?: string } = {}
    keys.forEach((key, at) => {
      const text = this.text(from + at)
      if (text !== undefined) out[key] = text
    })
    return out
  }

  private number(at: number): number {
    return this.packed.numbers[this.from + at] ?? 0
  }

  private text(at: number): string | undefined {
    return this.packed.texts[this.number(at)]
  }
}
