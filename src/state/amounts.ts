/** How amounts of one group and span come together. */
export type Joining = 'sum' | 'most'

/** Amounts as plain data: for the entry of each group and span its numbers. */
export interface PackedAmounts {
  /** ms; twice, four times … what was asked for if room was short. */
  readonly span: number
  /** Bits of a group that are kept. */
  readonly mask: number
  readonly groups: Uint32Array
  readonly spans: Float64Array
  readonly numbers: Float64Array
}

const FIRST_ROOM = 512
const ALL_BITS = 0xffffffff

/**
 * Numbers by group (32 bits) and span of time, in typed arrays of bounded size. When there are too many entries the
 * spans are made longer and groups are thrown together, so that what a group comes to in some time only grows.
 */
export class Amounts {
  private readonly how: readonly Joining[]
  private readonly most: number
  /** ms */
  private span: number
  private mask = ALL_BITS
  private size = 0
  private slots = new Int32Array(0)
  private groups = new Uint32Array(0)
  private spans = new Float64Array(0)
  private numbers = new Float64Array(0)

  /** @param most entries */
  constructor(how: readonly Joining[], span: number, most: number) {
    this.how = how
    this.most = most
    this.span = span
    this.clear()
  }

  /** @param time UTC ms @param own a number for each way of joining */
  add(group: number, time: number, own: readonly number[]): void {
    const span = Number.isFinite(this.span) ? Math.floor(time / this.span) : 0
    this.put((group & this.mask) >>> 0, span, own, 0)
    if (this.size > this.most) this.shrink()
  }

  /** Takes what others noted of the same, however much it is. */
  join({ span, mask, groups, spans, numbers }: PackedAmounts): void {
    while (this.mask > mask) this.coarsen('groups')
    while (this.span < span) this.coarsen('spans')
    const factor = Number.isFinite(span) ? this.span / span : 1
    for (let entry = 0; entry < groups.length; entry++) {
      const group = ((groups[entry] ?? 0) & this.mask) >>> 0
      this.put(group, Math.floor((spans[entry] ?? 0) / factor), numbers, entry * this.how.length)
    }
  }

  /** All entries, those of one group in order of time one after the other. */
  packed(): PackedAmounts {
    const { size, groups, spans, numbers, span, mask } = this
    const { length: width } = this.how
    const order = Uint32Array.from({ length: size }, (_, entry) => entry)
    order.sort((a, b) => (groups[a] ?? 0) - (groups[b] ?? 0) || (spans[a] ?? 0) - (spans[b] ?? 0))
    const out = new Float64Array(size * width)
    order.forEach((entry, at) => {
      for (let place = 0; place < width; place++)
        out[at * width + place] = numbers[entry * width + place] ?? 0
    })
    return {
      span,
      mask,
      groups: Uint32Array.from(order, entry => groups[entry] ?? 0),
      spans: Float64Array.from(order, entry => spans[entry] ?? 0),
      numbers: out,
    }
  }

  private put(group: number, span: number, own: ArrayLike<number>, from: number): void {
    const place = this.entry(group, span) * this.how.length
    const { numbers, how } = this
    for (let at = 0; at < how.length; at++) {
      const before = numbers[place + at] ?? 0
      const amount = own[from + at] ?? 0
      numbers[place + at] = how[at] === 'sum' ? before + amount : Math.max(before, amount)
    }
  }

  private entry(group: number, span: number): number {
    const { slots } = this
    let slot = hashOf(group, span) & (slots.length - 1)
    for (let entry = slots[slot] ?? -1; entry >= 0; entry = slots[slot] ?? -1) {
      if (this.groups[entry] === group && this.spans[entry] === span) return entry
      slot = (slot + 1) & (slots.length - 1)
    }
    if (this.size === this.groups.length) {
      this.grow()
      return this.entry(group, span)
    }
    slots[slot] = this.size
    return this.append(group, span)
  }

  private append(group: number, span: number): number {
    const entry = this.size++
    this.groups[entry] = group
    this.spans[entry] = span
    const { how, numbers } = this
    for (let at = 0; at < how.length; at++)
      numbers[entry * how.length + at] = how[at] === 'sum' ? 0 : Number.NEGATIVE_INFINITY
    return entry
  }

  private grow(): void {
    const room = this.groups.length * 2
    this.groups = copied(new Uint32Array(room), this.groups)
    this.spans = copied(new Float64Array(room), this.spans)
    this.numbers = copied(new Float64Array(room * this.how.length), this.numbers)
    const slots = new Int32Array(room * 2).fill(-1)
    for (let entry = 0; entry < this.size; entry++) {
      let slot = hashOf(this.groups[entry] ?? 0, this.spans[entry] ?? 0) & (slots.length - 1)
      while ((slots[slot] ?? -1) >= 0) slot = (slot + 1) & (slots.length - 1)
      slots[slot] = entry
    }
    this.slots = slots
  }

  /** Longer spans, until they no longer help; then fewer groups. */
  private shrink(): void {
    let helps = Number.isFinite(this.span)
    while (this.size > Math.max(1, this.most / 2)) {
      const before = this.size
      this.coarsen(helps || this.mask === 0 ? 'spans' : 'groups')
      helps &&= this.size < before * LITTLE_LESS
    }
  }

  private coarsen(what: 'spans' | 'groups'): void {
    const { size, groups, spans, numbers, how } = this
    this.clear()
    if (what === 'spans') this.span *= 2
    else this.mask >>>= 1
    for (let entry = 0; entry < size; entry++) {
      const span = what === 'spans' ? Math.floor((spans[entry] ?? 0) / 2) : (spans[entry] ?? 0)
      this.put(((groups[entry] ?? 0) & this.mask) >>> 0, span, numbers, entry * how.length)
    }
  }

  private clear(): void {
    this.size = 0
    this.slots = new Int32Array(FIRST_ROOM * 2).fill(-1)
    this.groups = new Uint32Array(FIRST_ROOM)
    this.spans = new Float64Array(FIRST_ROOM)
    this.numbers = new Float64Array(FIRST_ROOM * this.how.length)
  }
}

const LITTLE_LESS = 0.9

function hashOf(group: number, span: number): number {
  const mixed = Math.imul(group, 0x9e3779b1) ^ Math.imul(span | 0, 0x85ebca6b)
  return mixed ^ (mixed >>> 15)
}

function copied<Numbers extends Uint32Array | Float64Array>(to: Numbers, from: Numbers): Numbers {
  to.set(from)
  return to
}
