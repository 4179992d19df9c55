/** The longest text of a log that a finding repeats, in UTF-16 units. */
const LONGEST = 2048
/** Texts that are shared; beyond it each finding keeps its own. */
const MOST_SHARED = 100_000
/** What keeping a text costs beside its units, in bytes: its tally, list and places in maps. */
const KEPT = 100

/** Keeps one copy of texts that many findings repeat. */
export class Texts {
  private readonly shared = new Map<string, string>()
  private kept = 0

  /** About how many bytes all that was kept takes. */
  get size(): number {
    return this.kept
  }

  /** An equal text that is worth keeping. */
  keep(text: string): string {
    this.kept += KEPT
    const known = this.shared.get(text)
    if (known !== undefined) return known
    if (this.shared.size < MOST_SHARED) this.shared.set(text, text)
    this.kept += text.length
    return text
  }

  /** Nothing that was kept is in use any more. */
  clear(): void {
    this.shared.clear()
    this.kept = 0
  }
}

/** The text itself, or its beginning and `…`; a copy, so that a long text of which it is a part can go. */
export function shortened(text: string): string {
  if (text.length <= LONGEST) return text
  return `${Buffer.from(text.slice(0, LONGEST), 'utf16le').toString('utf16le')}…`
}
