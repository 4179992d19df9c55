/** Where good text may go on after damage. */
export interface Resync {
  readonly at: number
  /** Whether it looks like the records before, rather than only like the beginning of some value. */
  readonly alike: boolean
}

const LINE_START = /\n[{["]/g
const MAX_SIGNATURE = 200

export interface ResyncOptions {
  /** Whether the records are the elements of a list. */
  readonly inList?: boolean
  /** Whether more text may follow, without which it cannot always be told where good text begins, or how. */
  readonly more?: boolean
}

/** Looks for places at which reading can go on after damage: linear in a text, however often it is asked. */
export class Resyncs {
  /** How the first record begins, up to the end of its first key; of a good one, or as good as can be guessed. */
  private signature = ''
  private guessed = true
  private line = -1
  private alike = -1

  /** The next searches are in another text. */
  newText(): void {
    this.line = -1
    this.alike = -1
  }

  /** Remembers how records look. */
  learn(record: string): void {
    if (!this.guessed) return
    const signature = signatureOf(record)
    if (signature === undefined) return
    this.guessed = false
    this.look(signature)
  }

  /** Takes damaged text for the beginning of a record, until a good one is known. */
  guess(text: string): void {
    if (this.signature === '') this.look(signatureOf(text) ?? '')
  }

  /**
   * The next line after `from` that begins with `{`, `[` or `"`, or text that begins as records do, if that is nearer. In
   * a list of which no record is known, any brace may begin one.
   */
  next(text: string, from: number, { inList = false, more = false }: ResyncOptions = {}): Resync | undefined {
    this.search(text, from, inList)
    const at = Math.min(this.line, this.alike)
    if (!Number.isFinite(at) || (more && at !== this.alike && this.mayBeAlike(text, at))) return undefined
    return { at, alike: at === this.alike }
  }

  /** Whether there is such a place in a part of a text. */
  isWithin(text: string, from: number, to: number): boolean {
    this.search(text, from, false)
    return this.line < to || this.alike + this.signature.length <= to
  }

  /** How many characters at the end of a text may be the beginning of such a place. */
  get overlap(): number {
    return Math.max(1, this.signature.length)
  }

  private search(text: string, from: number, inList: boolean): void {
    if (this.line < from + 1) this.line = nextLine(text, from)
    if (this.alike < from) this.alike = this.nextAlike(text, from, inList)
  }

  /** Does the text end before it is clear whether a line begins as records do? */
  private mayBeAlike(text: string, line: number): boolean {
    return text.length - line < this.signature.length && this.signature.startsWith(text.slice(line))
  }

  private look(signature: string): void {
    this.signature = signature
    this.alike = -1
  }

  private nextAlike(text: string, from: number, inList: boolean): number {
    const wanted = this.signature === '' && inList ? '{' : this.signature
    const at = wanted === '' ? -1 : text.indexOf(wanted, from)
    return at === -1 ? Number.POSITIVE_INFINITY : at
  }
}

/** The beginning of an object, up to the end of its first key. */
function signatureOf(text: string): string | undefined {
  if (text[0] !== '{') return undefined
  const head = text.slice(0, MAX_SIGNATURE)
  const key = head.indexOf('"')
  const end = head.indexOf('"', key + 1)
  return key > 0 && end > key + 1 ? head.slice(0, end + 1) : undefined
}

/** The first character of the line, the line break being at `from` or later. */
function nextLine(text: string, from: number): number {
  LINE_START.lastIndex = from
  const found = LINE_START.exec(text)
  return found === null ? Number.POSITIVE_INFINITY : found.index + 1
}
