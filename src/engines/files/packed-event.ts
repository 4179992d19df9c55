import type { Actor, EventOutcome, NormalEvent } from '../../core/event.ts'
import type { Evidence } from '../../core/hit.ts'

/** Hits packed for the way between threads and for disk: each text once, everything else numbers. */
export interface PackedHits {
  readonly texts: readonly string[]
  readonly numbers: Float64Array
}

export const ABSENT = -1
export const OUTCOMES: readonly EventOutcome[] = ['succeeded', 'denied', 'unknown']
export const EVENT_TEXTS = [
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
export const ACTOR_TEXTS = [
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

/** Numbers of an event before its texts: record in the whole file, record in its member, file, hash, time, outcome. */
const HEAD = 6
const TIME = 4

/** An event that hits share, unpacked when it is asked for: rules that remember seldom want more than its time and id. */
export class PackedEvent {
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
