import { deserialize, serialize } from 'node:v8'
import type { Actor, EventOutcome, NormalEvent } from '../../core/event.ts'
import type { FieldValue, Hit } from '../../core/hit.ts'

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
  readonly hit: Hit
  readonly record: number
}

/** Unpacks what `HitPacker` packed, in the same order. */
export function* unpackHits(bytes: Uint8Array): Generator<PlacedHit> {
  const reader = new HitReader(deserialize(bytes) as PackedHits)
  while (!reader.atEnd) yield reader.next()
}

class HitReader {
  private at = 0
  private readonly packed: PackedHits
  private shared:
    | { readonly event: NormalEvent; readonly evidence: Hit['evidence']; readonly record: number }
    | undefined

  constructor(packed: PackedHits) {
    this.packed = packed
  }

  get atEnd(): boolean {
    return this.at >= this.packed.numbers.length
  }

  next(): PlacedHit {
    if (this.number() === 0) this.shared = this.event()
    if (this.shared === undefined) throw new Error('bug: a hit without its event')
    const { event, evidence, record } = this.shared
    const rule = this.number()
    const entity = this.text()
    const matched = this.values()
    const shown = this.values()
    const carried = this.values()
    return {
      hit: {
        rule,
        event,
        evidence,
        matched,
        shown,
        ...(carried.length === 0 ? {} : { carried }),
        ...(entity === undefined ? {} : { entity }),
      },
      record,
    }
  }

  private event(): { event: NormalEvent; evidence: Hit['evidence']; record: number } {
    const record = this.number()
    const number = this.number()
    const file = this.text() ?? ''
    const sha256 = this.text() ?? ''
    const time = this.number()
    const outcome = OUTCOMES[this.number()] ?? 'unknown'
    const texts = this.record(EVENT_TEXTS)
    const actor: Actor = { ...this.record(ACTOR_TEXTS), ...this.flags() }
    const resources = Array.from({ length: this.number() }, () => this.text() ?? '')
    const event = { ...texts, outcome, actor, resources, ...(Number.isNaN(time) ? {} : { time }) }
    const evidence = {
      event_id: event.id ?? '',
      event_time: event.timeText ?? '',
      file,
      record: number,
      sha256,
    }
    return { event, evidence, record }
  }

  private flags(): { mfa?: boolean; console?: boolean } {
    const mfa = this.number()
    const console = this.number()
    return { ...(mfa < 0 ? {} : { mfa: mfa === 1 }), ...(console < 0 ? {} : { console: console === 1 }) }
  }

  private record<Key extends string>(keys: readonly Key[]): { [key in Key]?: string } {
    const out: { [key in Key]?: string } = {}
    for (const key of keys) {
      const text = this.text()
      if (text !== undefined) out[key] = text
    }
    return out
  }

  private values(): readonly FieldValue[] {
    return Array.from({ length: this.number() }, () => ({
      field: this.text() ?? '',
      value: this.text() ?? '',
    }))
  }

  private number(): number {
    return this.packed.numbers[this.at++] ?? 0
  }

  private text(): string | undefined {
    return this.packed.texts[this.number()]
  }
}
