import { compare } from '../core/order.ts'
import type { Texts } from './texts.ts'

/** Distinct values that are counted in one list of a finding. */
export const MOST_COUNTED = 2000

/** The most frequent of some values, and how many distinct ones there were. */
export interface Ranking {
  readonly values: readonly string[]
  readonly counts: readonly number[]
  /** Distinct values, at most 2,000. */
  readonly distinct: number
}

/** Counted values as plain data. */
export interface PackedCounts {
  readonly values: readonly string[]
  readonly counts: readonly number[]
  readonly ceiling?: string
}

/** One value and how often it came. */
interface Tally {
  readonly value: string
  count: number
}

/**
 * Counts values in bounded memory with a result that no order of arrival changes. Beyond 2,000 distinct values
 * the smallest 2,000 (in order of UTF-16 units) are counted: one of them is among the smallest of whatever
 * came before it too, so it is never let go, and its count is exact.
 */
export class ValueCounts {
  /** Values come in runs, and most lists hold a single one for ever: it needs no map. */
  private latest: Tally | undefined
  private tallies: Map<string, Tally> | undefined
  /** The largest value that was kept when others were let go. */
  private ceiling: string | undefined

  add(value: string, count: number, texts: Texts): void {
    const tally = this.latest?.value === value ? this.latest : this.find(value, texts)
    if (tally === undefined) return
    tally.count += count
    this.latest = tally
  }

  pack(): PackedCounts {
    this.cut()
    const all = [...this.all()]
    const { ceiling } = this
    return {
      values: all.map(({ value }) => value),
      counts: all.map(({ count }) => count),
      ...(ceiling === undefined ? {} : { ceiling }),
    }
  }

  absorb({ values, counts, ceiling }: PackedCounts, texts: Texts): void {
    values.forEach((value, index) => {
      this.add(value, counts[index] ?? 0, texts)
    })
    if (ceiling === undefined) return
    if (this.ceiling === undefined || ceiling < this.ceiling) this.ceiling = ceiling
    this.cut()
  }

  private all(): Iterable<Tally> {
    return this.tallies?.values() ?? (this.latest === undefined ? [] : [this.latest])
  }

  /** The tally of a value, a new one if need be; none if the value is too large to be kept. */
  private find(value: string, texts: Texts): Tally | undefined {
    const known = this.tallies?.get(value)
    if (known !== undefined) return known
    if (this.ceiling !== undefined && value > this.ceiling) return undefined
    const tally = { value: texts.keep(value), count: 0 }
    if (this.latest === undefined) return tally
    this.tallies ??= new Map([[this.latest.value, this.latest]])
    this.tallies.set(tally.value, tally)
    if (this.tallies.size >= 2 * MOST_COUNTED) this.cut()
    return tally
  }

  private cut(): void {
    if (this.tallies === undefined || this.tallies.size <= MOST_COUNTED) return
    const kept = [...this.tallies].sort(([a], [b]) => compare(a, b)).slice(0, MOST_COUNTED)
    this.tallies = new Map(kept)
    this.ceiling = kept.at(-1)?.[0]
  }
}

/** The most frequent first; of equals the smaller value. */
export function ranking({ values, counts }: PackedCounts, most: number): Ranking {
  // Most lists hold one value.
  if (values.length < 2) return { values, counts, distinct: values.length }
  const all = values.map((value, index) => ({ value, count: counts[index] ?? 0 }))
  const first = all.sort((a, b) => b.count - a.count || compare(a.value, b.value)).slice(0, most)
  return {
    values: first.map(({ value }) => value),
    counts: first.map(({ count }) => count),
    distinct: values.length,
  }
}
