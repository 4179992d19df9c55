/** Numbers by group and span of time, in typed arrays: some bytes an entry, where a map takes a hundred. */
export class Amounts {
  /** Numbers an entry. */
  private readonly width: number
  private size = 0
  private slots = new Int32Array(1024).fill(-1)
  private groups = new Uint32Array(512)
  private spans = new Float64Array(512)
  private numbers: Float64Array

  constructor(width: number) {
    this.width = width
    this.numbers = new Float64Array(512 * width)
  }

  /** Place of the entry's first number in `all`, made if it is not there. */
  entry(group: number, span: number): number {
    const { slots } = this
    let slot = hashOf(group, span) & (slots.length - 1)
    for (let entry = slots[slot] ?? -1; entry >= 0; entry = slots[slot] ?? -1) {
      if (this.groups[entry] === group && this.spans[entry] === span) return entry * this.width
      slot = (slot + 1) & (slots.length - 1)
    }
    slots[slot] = this.size
    return this.append(group, span) * this.width
  }

  get all(): Float64Array {
    return this.numbers
  }

  /** Entries (places in `all`) of each group in order of time. */
  *inOrder(): Generator<{
    readonly group: number
    readonly spans: Float64Array
    readonly places: Uint32Array
  }> {
    const { size, groups, spans, width } = this
    const order = Uint32Array.from({ length: size }, (_, entry) => entry)
    order.sort((a, b) => (groups[a] ?? 0) - (groups[b] ?? 0) || (spans[a] ?? 0) - (spans[b] ?? 0))
    for (let from = 0; from < size; ) {
      const group = groups[order[from] ?? 0] ?? 0
      let to = from + 1
      while (to < size && groups[order[to] ?? 0] === group) to++
      const entries = order.subarray(from, to)
      yield {
        group,
        spans: Float64Array.from(entries, entry => spans[entry] ?? 0),
        places: entries.map(entry => entry * width),
      }
      from = to
    }
  }

  private append(group: number, span: number): number {
    if (this.size === this.groups.length) this.grow()
    const entry = this.size++
    this.groups[entry] = group
    this.spans[entry] = span
    return entry
  }

  private grow(): void {
    const room = this.groups.length * 2
    this.groups = copied(new Uint32Array(room), this.groups)
    this.spans = copied(new Float64Array(room), this.spans)
    this.numbers = copied(new Float64Array(room * this.width), this.numbers)
    const slots = new Int32Array(room * 2).fill(-1)
    for (let entry = 0; entry < this.size; entry++) {
      let slot = hashOf(this.groups[entry] ?? 0, this.spans[entry] ?? 0) & (slots.length - 1)
      while ((slots[slot] ?? -1) >= 0) slot = (slot + 1) & (slots.length - 1)
      slots[slot] = entry
    }
    this.slots = slots
  }
}

function hashOf(group: number, span: number): number {
  const mixed = Math.imul(group, 0x9e3779b1) ^ Math.imul(span | 0, 0x85ebca6b)
  return mixed ^ (mixed >>> 15)
}

function copied<Numbers extends Uint32Array | Float64Array>(to: Numbers, from: Numbers): Numbers {
  to.set(from)
  return to
}
