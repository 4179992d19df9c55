/** Texts that share a search: those of at least this length, and the shorter ones by themselves. */
const LONG = 8
/** A search looks at blocks of two characters, each by its lower seven bits. */
const LETTERS = 128

interface Entry {
  readonly text: string
  readonly rule: number
  /** Its last character, which tells most texts with the same beginning apart. */
  readonly last: number
}

/**
 * Finds which of many ASCII texts occur in a text, in any case, at once (Wu and Manber's method). Skips most of
 * the characters, so that its cost hardly depends on how many texts are sought.
 */
export class LiteralSearch {
  private readonly long = new Group()
  private readonly short = new Group()

  /** @param text at least two characters of ASCII in lower case */
  add(rule: number, text: string): void {
    const group = text.length >= LONG ? this.long : this.short
    group.add({ rule, text, last: text.charCodeAt(text.length - 1) })
  }

  get empty(): boolean {
    return this.long.empty && this.short.empty
  }

  /** Calls `take` with the rule of each text that occurs; it may come twice. */
  search(text: string, take: (rule: number) => void): void {
    this.long.search(text, take)
    this.short.search(text, take)
  }

  /** The same in bytes of ASCII. */
  searchBytes(bytes: Uint8Array, take: (rule: number) => void): void {
    this.long.searchBytes(bytes, take)
    this.short.searchBytes(bytes, take)
  }

  /** Calls `take` with every rule. */
  all(take: (rule: number) => void): void {
    this.long.all(take)
    this.short.all(take)
  }
}

/** Texts that are sought with one window: the length of the shortest. */
class Group {
  private readonly entries: Entry[] = []
  /** Block -> how far the window may move on when it ends with it. */
  private shift: Uint8Array | undefined
  private readonly buckets = new Map<number, Entry[]>()
  private window = 0

  get empty(): boolean {
    return this.entries.length === 0
  }

  add(entry: Entry): void {
    this.entries.push(entry)
    this.shift = undefined
  }

  all(take: (rule: number) => void): void {
    for (const { rule } of this.entries) take(rule)
  }

  search(text: string, take: (rule: number) => void): void {
    if (this.entries.length === 0) return
    const shift = this.shift ?? this.prepare()
    const { window } = this
    for (let at = window - 1; at < text.length; ) {
      const block = blockAt(text, at)
      const jump = shift[block] ?? 0
      if (jump === 0) this.verify(text, at - window + 1, block, take)
      at += jump === 0 ? 1 : jump
    }
  }

  searchBytes(bytes: Uint8Array, take: (rule: number) => void): void {
    if (this.entries.length === 0) return
    const shift = this.shift ?? this.prepare()
    const { window } = this
    const end = bytes.length
    for (let at = window - 1; at < end; ) {
      const first = fold[(bytes[at - 1] ?? 0) & 127] ?? 0
      const block = first * LETTERS + (fold[(bytes[at] ?? 0) & 127] ?? 0)
      const jump = shift[block] ?? 0
      if (jump === 0) this.verifyBytes(bytes, at - window + 1, block, take)
      at += jump === 0 ? 1 : jump
    }
  }

  private prepare(): Uint8Array {
    const shift = new Uint8Array(LETTERS * LETTERS)
    this.window = Math.min(...this.entries.map(entry => entry.text.length), 255)
    this.buckets.clear()
    shift.fill(this.window - 1)
    for (const entry of this.entries) this.file(entry, shift)
    this.shift = shift
    return shift
  }

  private file(entry: Entry, shift: Uint8Array): void {
    for (let at = 1; at < this.window; at++) {
      const block = blockAt(entry.text, at)
      const distance = this.window - 1 - at
      if (distance < (shift[block] ?? 0)) shift[block] = distance
      if (distance === 0) this.buckets.set(block, [...(this.buckets.get(block) ?? []), entry])
    }
  }

  private verifyBytes(bytes: Uint8Array, start: number, block: number, take: (rule: number) => void): void {
    const bucket = this.buckets.get(block)
    if (bucket === undefined) return
    for (const { text: wanted, rule, last } of bucket) {
      const end = start + wanted.length
      if (fold[(bytes[end - 1] ?? 0) & 127] === last && standsAt(bytes, start, wanted)) take(rule)
    }
  }

  private verify(text: string, start: number, block: number, take: (rule: number) => void): void {
    const bucket = this.buckets.get(block)
    if (bucket === undefined) return
    for (const { text: wanted, rule, last } of bucket) {
      const end = start + wanted.length
      if (fold[text.charCodeAt(end - 1) & 127] !== last) continue
      if (text.slice(start, end).toLowerCase() === wanted) take(rule)
    }
  }
}

/** Does the text, in any case, stand at this place of the bytes? */
function standsAt(bytes: Uint8Array, start: number, wanted: string): boolean {
  for (let at = 0; at < wanted.length; at++) {
    if (fold[(bytes[start + at] ?? 0) & 127] !== wanted.charCodeAt(at)) return false
  }
  return true
}

/** Lower-case ASCII; characters beyond it share places, which costs a look and nothing more. */
const fold = Uint8Array.from({ length: LETTERS }, (_, unit) =>
  String.fromCharCode(unit).toLowerCase().charCodeAt(0),
)

function blockAt(text: string, at: number): number {
  const first = fold[text.charCodeAt(at - 1) & 127] ?? 0
  return first * LETTERS + (fold[text.charCodeAt(at) & 127] ?? 0)
}
