/** Texts of at least this length are sought together, in steps of nearly as much; the shorter ones need short steps. */
export const LONG_LITERAL = 8
/** A search looks at blocks of this many characters. */
const BLOCK = 3
/** Places that blocks are hashed to. */
const PLACES = 1 << 15

interface Entry {
  readonly text: string
  readonly rule: number
}

/** An entry, and where in its text the window stands by which it is sought. */
interface Filed extends Entry {
  readonly offset: number
}
const none: readonly Filed[] = []

/**
 * Finds which of many ASCII texts occur in a text, in any case, at once (Wu and Manber's method). Skips most of
 * the characters, so that its cost hardly depends on how many texts are sought.
 */
export class LiteralSearch {
  private readonly long = new Group()
  private readonly short = new Group()

  /** @param text at least three characters of ASCII in lower case */
  add(rule: number, text: string): void {
    const group = text.length >= LONG_LITERAL ? this.long : this.short
    group.add({ rule, text })
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
  /** By the digest of the window: many texts may end it with the same block. */
  private readonly buckets = new Map<number, Filed[]>()
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
    for (let at = this.window - 1; at < text.length; ) {
      const block = blockOf(text.charCodeAt(at - 2), text.charCodeAt(at - 1), text.charCodeAt(at))
      const jump = shift[block] ?? 0
      if (jump === 0) this.verify(text, at - this.window + 1, take)
      at += jump === 0 ? 1 : jump
    }
  }

  searchBytes(bytes: Uint8Array, take: (rule: number) => void): void {
    if (this.entries.length === 0) return
    const shift = this.shift ?? this.prepare()
    const end = bytes.length
    for (let at = this.window - 1; at < end; ) {
      const block = blockOf(bytes[at - 2] ?? 0, bytes[at - 1] ?? 0, bytes[at] ?? 0)
      const jump = shift[block] ?? 0
      if (jump === 0) this.verifyBytes(bytes, at - this.window + 1, take)
      at += jump === 0 ? 1 : jump
    }
  }

  private prepare(): Uint8Array {
    const shift = new Uint8Array(PLACES)
    const window = this.entries.reduce((least, { text }) => Math.min(least, text.length), 255)
    this.window = window
    this.buckets.clear()
    shift.fill(window - BLOCK + 1)
    for (const entry of this.entries) this.file({ ...entry, offset: rarest(entry.text, window) }, shift)
    this.shift = shift
    return shift
  }

  private file(entry: Filed, shift: Uint8Array): void {
    const { text, offset } = entry
    for (let end = BLOCK - 1; end < this.window; end++) {
      const at = offset + end
      const block = blockOf(text.charCodeAt(at - 2), text.charCodeAt(at - 1), text.charCodeAt(at))
      shift[block] = Math.min(shift[block] ?? 0, this.window - 1 - end)
    }
    const digest = this.digest(text, offset)
    this.buckets.set(digest, [...(this.buckets.get(digest) ?? []), entry])
  }

  private verify(text: string, start: number, take: (rule: number) => void): void {
    for (const entry of this.buckets.get(this.digest(text, start)) ?? none) {
      const from = start - entry.offset
      if (from >= 0 && standsIn(text, from, entry.text)) take(entry.rule)
    }
  }

  private verifyBytes(bytes: Uint8Array, start: number, take: (rule: number) => void): void {
    for (const entry of this.buckets.get(this.digestBytes(bytes, start)) ?? none) {
      const from = start - entry.offset
      if (from >= 0 && standsInBytes(bytes, from, entry.text)) take(entry.rule)
    }
  }

  /** The same for the same window in any case. */
  private digest(text: string, start: number): number {
    let digest = 0
    for (let at = start; at < start + this.window; at++) digest = mixed(digest, text.charCodeAt(at))
    return digest
  }

  private digestBytes(bytes: Uint8Array, start: number): number {
    let digest = 0
    for (let at = start; at < start + this.window; at++) digest = mixed(digest, bytes[at] ?? 0)
    return digest
  }
}

/** Where the stretch of a text begins that has the fewest letters: words are everywhere, digits and signs are not. */
function rarest(text: string, window: number): number {
  let best = 0
  let fewest = Number.POSITIVE_INFINITY
  for (let offset = 0; offset + window <= text.length; offset++) {
    const letters = text.slice(offset, offset + window).replace(/[^a-z]/g, '').length
    if (letters < fewest) {
      fewest = letters
      best = offset
    }
  }
  return best
}

function standsIn(text: string, from: number, wanted: string): boolean {
  for (let at = 0; at < wanted.length; at++) {
    const unit = text.charCodeAt(from + at)
    if (!(unit < 128 && fold[unit] === wanted.charCodeAt(at))) return false
  }
  return true
}

function standsInBytes(bytes: Uint8Array, from: number, wanted: string): boolean {
  for (let at = 0; at < wanted.length; at++) {
    if (fold[bytes[from + at] ?? 0] !== wanted.charCodeAt(at)) return false
  }
  return true
}

/** ASCII in lower case. */
const fold = Uint8Array.from({ length: 128 }, (_, unit) =>
  String.fromCharCode(unit).toLowerCase().charCodeAt(0),
)

/** A block's place, in any case: letters differ from each other, and from their capitals not, in their lower five bits. */
function blockOf(first: number, second: number, third: number): number {
  return ((first & 31) << 10) | ((second & 31) << 5) | (third & 31)
}

/** Letters and their capitals have the same lower five bits. */
function mixed(digest: number, unit: number): number {
  return (Math.imul(digest, 37) + (unit & 31)) | 0
}
