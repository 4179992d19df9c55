import type { Texts } from './texts.ts'

/** Distinct values that are counted in one list of a finding. */
const MOST_COUNTED = 2000

/** The most frequent of some values, and how many distinct ones there were. */
export interface Ranking {
  readonly values: readonly string[]
  readonly counts: readonly number[]
  /** Distinct values, at most 2,000. */
  readonly distinct: number
}

/**
 * Counts values in bounded memory with a result that no order of arrival changes. Beyond 2,000 distinct values
 * the smallest 2,000 (in order of UTF-16 units) are counted: one of them is among the smallest of whatever
 * came before it too, so it is never let go, and its count is exact.
 */
export class ValueCounts {
  /** Most lists hold one value for ever: it needs no map. */
  private only: string | undefined
  private onlyCount = 0
  private counts: Map<string, number> | undefined
  /** The largest value that was kept when others were let go. */
  private ceiling: string | undefined

  add(value: string, count: number, texts: Texts): void {
    if (value === this.only) {
      this.onlyCount += count
    } else if (this.counts !== undefined) {
      this.addToMany(value, count, texts)
    } else if (this.only === undefined) {
      this.only = texts.keep(value)
      this.onlyCount = count
    } else {
      this.counts = new Map([[this.only, this.onlyCount]])
      this.only = undefined
      this.addToMany(value, count, texts)
    }
  }

  absorb(other: ValueCounts, texts: Texts): void {
    if (other.only !== undefined) this.add(other.only, other.onlyCount, texts)
    for (const [value, count] of other.counts ?? []) this.add(value, count, texts)
    if (other.ceiling === undefined) return
    if (this.ceiling === undefined || other.ceiling < this.ceiling) this.ceiling = other.ceiling
    this.cut(MOST_COUNTED)
  }

  /** The most frequent first; of equals the smaller value. */
  ranking(most: number): Ranking {
    if (this.only !== undefined) return { values: [this.only], counts: [this.onlyCount], distinct: 1 }
    this.cut(MOST_COUNTED)
    const entries = [...(this.counts ?? [])].sort(([a, m], [b, n]) => n - m || compare(a, b))
    const first = entries.slice(0, most)
    return {
      values: first.map(([value]) => value),
      counts: first.map(([, count]) => count),
      distinct: entries.length,
    }
  }

  private addToMany(value: string, count: number, texts: Texts): void {
    const counts = this.counts
    if (counts === undefined) return
    const before = counts.get(value)
    if (before !== undefined) counts.set(value, before + count)
    else if (this.ceiling === undefined || value <= this.ceiling) {
      counts.set(texts.keep(value), count)
      if (counts.size >= 2 * MOST_COUNTED) this.cut(MOST_COUNTED)
    }
  }

  private cut(most: number): void {
    if (this.counts === undefined || this.counts.size <= most) return
    const kept = [...this.counts].sort(([a], [b]) => compare(a, b)).slice(0, most)
    this.counts = new Map(kept)
    this.ceiling = kept.at(-1)?.[0]
  }
}

/** Order of UTF-16 units: the same on every machine. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
