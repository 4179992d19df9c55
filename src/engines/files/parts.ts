import type { HitSignal } from './hit-signal.ts'

type HitPlace = Pick<HitSignal, 'file' | 'record' | 'rule'>

/** Hits that are parts of something, as plain data: for each its file, record and rule, and the number of a set. */
export interface PackedParts {
  readonly numbers: Uint32Array
  /** What a hit is part of, by number; many hits are parts of the same. */
  readonly sets: readonly (readonly number[])[]
}

const WIDTH = 4

/** Collects hits that are parts of something. */
export class PartList {
  private numbers = new Uint32Array(WIDTH * 256)
  private used = 0
  private readonly sets: (readonly number[])[] = []
  private readonly places = new Map<string, number>()

  add({ file, record, rule }: HitPlace, of: readonly number[]): void {
    if (this.used === this.numbers.length) {
      const more = new Uint32Array(this.used * 2)
      more.set(this.numbers)
      this.numbers = more
    }
    this.numbers.set([file, record, rule, this.place(of)], this.used)
    this.used += WIDTH
  }

  packed(): PackedParts {
    return { numbers: this.numbers.slice(0, this.used), sets: this.sets }
  }

  private place(of: readonly number[]): number {
    const key = of.join(' ')
    const known = this.places.get(key)
    if (known !== undefined) return known
    this.places.set(key, this.sets.length)
    return this.sets.push(of) - 1
  }
}

/** Rules that one number holds with a record. */
const MOST_RULES = 2 ** 20

/** What hits are parts of, by their places. */
export class Parts<Whole> {
  private readonly byFile = new Map<number, Map<number, readonly (readonly Whole[])[]>>()

  /** @param wholes what the numbers in the sets mean; they are in no sets that were added before */
  add({ numbers, sets }: PackedParts, wholes: readonly Whole[]): void {
    const named = sets.map(set => [set.flatMap(number => wholes[number] ?? [])])
    for (let at = 0; at < numbers.length; at += WIDTH) {
      const [file = 0, record = 0, rule = 0, set = 0] = numbers.subarray(at, at + WIDTH)
      let own = this.byFile.get(file)
      if (own === undefined) {
        own = new Map()
        this.byFile.set(file, own)
      }
      const key = record * MOST_RULES + rule
      const before = own.get(key)
      const more = named[set] ?? []
      own.set(key, before === undefined ? more : [...before, ...more])
    }
  }

  /** What a hit is part of, in sets that many hits share. */
  of({ file, record, rule }: HitPlace): readonly (readonly Whole[])[] {
    return this.byFile.get(file)?.get(record * MOST_RULES + rule) ?? []
  }

  /** What each hit is part of. */
  *all(): Generator<readonly (readonly Whole[])[]> {
    for (const own of this.byFile.values()) yield* own.values()
  }

  /** File -> records, each followed by its rule, of the rules that are asked for. */
  places(wanted: (rule: number) => boolean): ReadonlyMap<number, Uint32Array> {
    const places = new Map<number, Uint32Array>()
    for (const [file, own] of this.byFile) {
      const pairs = [...own.keys()].flatMap(key => {
        const rule = key % MOST_RULES
        return wanted(rule) ? [(key - rule) / MOST_RULES, rule] : []
      })
      if (pairs.length > 0) places.set(file, Uint32Array.from(pairs))
    }
    return places
  }
}
