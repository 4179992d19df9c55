import type { Pattern } from '../plan/pattern.ts'

/** Characters that a JSON text may hold only as themselves or as `\u…`, whatever the case; so a search of the raw text finds them. */
const plain = /[a-z0-9 !#$%&'()*+,\-.:;<=>?@[\]^_`{|}~]+/gi
const SHORTEST = 3
const LETTERS = 128

/** The longest stretch of a keyword by which raw JSON text can be searched, in lower case; `undefined` if there is none long enough. */
export function keywordLiteral(pattern: Pattern): string | undefined {
  const stretches = pattern.flatMap(part =>
    typeof part === 'string' ? [...part.matchAll(plain)].map(found => found[0]) : [],
  )
  const longest = stretches.reduce((best, text) => (text.length > best.length ? text : best), '')
  // A number may be written otherwise than it reads (1e2 reads 100).
  return longest.length >= SHORTEST && !/^[0-9.e+-]*$/i.test(longest) ? longest.toLowerCase() : undefined
}

/**
 * Finds which of many texts occur in a raw JSON text, in any case, at once (Wu and Manber's method with blocks of
 * two characters). Where the raw text may spell a character otherwise (`\u…`, letters beyond ASCII that fold to it),
 * every rule is a candidate.
 */
export class KeywordIndex {
  private readonly entries: { readonly text: string; readonly rule: number }[] = []
  private readonly shift = new Uint8Array(LETTERS * LETTERS)
  private readonly buckets = new Map<number, { readonly text: string; readonly rule: number }[]>()
  private window = 0

  add(rule: number, text: string): void {
    this.entries.push({ text, rule })
  }

  /** Prepares the search; call it once after the last `add`. */
  build(): void {
    if (this.entries.length === 0) return
    this.window = Math.min(...this.entries.map(entry => entry.text.length), 16)
    this.shift.fill(this.window - 1)
    for (const entry of this.entries) this.file(entry)
  }

  /** Calls `take` with the rules whose text may be in there; a rule may come twice. */
  collect(raw: string, take: (rule: number) => void): void {
    if (this.entries.length === 0) return
    if (respelled.some(spelling => raw.includes(spelling))) {
      for (const entry of this.entries) take(entry.rule)
      return
    }
    this.search(raw, take)
  }

  private file(entry: { readonly text: string; readonly rule: number }): void {
    for (let at = 1; at < this.window; at++) {
      const block = blockAt(entry.text, at)
      const distance = this.window - 1 - at
      if (distance < (this.shift[block] ?? 0)) this.shift[block] = distance
      if (distance === 0) this.buckets.set(block, [...(this.buckets.get(block) ?? []), entry])
    }
  }

  private search(raw: string, take: (rule: number) => void): void {
    const { shift, window } = this
    for (let at = window - 1; at < raw.length; ) {
      const block = blockAt(raw, at)
      const jump = shift[block] ?? 0
      if (jump === 0) this.verify(raw, at - window + 1, block, take)
      at += jump === 0 ? 1 : jump
    }
  }

  private verify(raw: string, start: number, block: number, take: (rule: number) => void): void {
    for (const entry of this.buckets.get(block) ?? []) {
      if (raw.slice(start, start + entry.text.length).toLowerCase() === entry.text) take(entry.rule)
    }
  }
}

/** Ways to write an ASCII letter without writing it: the escape, and two letters whose lower case is one. */
const respelled = ['\\u', '\u212a', '\u0130']

/** ASCII in lower case; 0 for anything beyond. */
const fold = Uint8Array.from({ length: LETTERS }, (_, unit) =>
  String.fromCharCode(unit).toLowerCase().charCodeAt(0),
)

function blockAt(text: string, at: number): number {
  return (fold[text.charCodeAt(at - 1)] ?? 0) * LETTERS + (fold[text.charCodeAt(at)] ?? 0)
}
