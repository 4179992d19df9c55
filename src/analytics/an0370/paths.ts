/** Keys of one session, and of all sessions together, that are told apart; prefixes that are counted. */
const MOST_KEYS = 200_000
const MOST_PREFIXES = 2000

/** Keys that all sessions together may hold. */
export interface Room {
  left: number
}

/** Which objects: how many distinct ones, under which prefixes, and all of them as far as there is room. */
export class Paths {
  private readonly keys = new Set<string>()
  private readonly prefixes = new Map<string, number>()
  private readonly room: Room
  /** Keys that there was no room for, each time that they came. */
  beyond = 0

  constructor(room: Room) {
    this.room = room
  }

  add(key: string): void {
    if (this.keys.has(key)) return
    if (this.keys.size >= MOST_KEYS || this.room.left <= 0) {
      this.beyond += 1
      return
    }
    this.room.left -= 1
    this.keys.add(key)
    const prefix = prefixOf(key)
    const count = this.prefixes.get(prefix)
    if (count !== undefined || this.prefixes.size < MOST_PREFIXES) this.prefixes.set(prefix, (count ?? 0) + 1)
  }

  get distinct(): number {
    return this.keys.size
  }

  get distinctPrefixes(): number {
    return this.prefixes.size
  }

  /** `orders/ (120)`, the most frequent first. */
  topPrefixes(most: number): readonly string[] {
    return [...this.prefixes]
      .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
      .slice(0, most)
      .map(([prefix, count]) => `${prefix} (${count})`)
  }

  /** The first in alphabetical order. */
  sample(most: number): readonly string[] {
    return [...this.keys].sort().slice(0, most)
  }

  /** All of them, in alphabetical order. */
  all(): readonly string[] {
    return [...this.keys].sort()
  }

  /** Gives its room back. */
  release(): void {
    this.room.left += this.keys.size
    this.keys.clear()
  }
}

/** `a/b/c.txt` -> `a/`; what has no slash is at the root. */
function prefixOf(key: string): string {
  const at = key.indexOf('/')
  return at < 0 ? '(root)' : key.slice(0, at + 1)
}
