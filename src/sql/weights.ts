import { columnsIn } from '../plan/pipeline.ts'
import type { Named, Relation } from '../plan/relation.ts'

/** A column that an engine would have to write out at more than this length is computed before it is read on. */
const HEAVIEST = 500

/** A list is read several times by what is made of it. */
const LIST = 3

/**
 * How long columns are if what they are made of is put in their places, as engines do with a chain of steps. A value that
 * reads itself several times grows with each step as a power.
 */
export class Weights {
  private readonly known = new Map<Relation, ReadonlyMap<string, number>>()

  /** Are the rows to be computed before others are made of them? From then on they weigh nothing. */
  isHeavy(relation: Relation): boolean {
    const heavy = [...this.of(relation).values()].some(weight => weight > HEAVIEST)
    if (heavy) this.known.set(relation, new Map())
    return heavy
  }

  private of(relation: Relation): ReadonlyMap<string, number> {
    const before = this.known.get(relation)
    if (before !== undefined) return before
    const made = this.made(relation)
    this.known.set(relation, made)
    return made
  }

  private made(relation: Relation): ReadonlyMap<string, number> {
    switch (relation.op) {
      case 'extend': {
        const from = this.of(relation.from)
        return new Map([...from, ...weighed(relation.columns, from)])
      }
      case 'select':
        return new Map(weighed(relation.columns, this.of(relation.from)))
      case 'filter':
        return this.of(relation.from)
      default:
        return new Map()
    }
  }
}

function weighed(
  columns: readonly Named[],
  from: ReadonlyMap<string, number>,
): readonly (readonly [string, number])[] {
  return columns.map(({ name, value }) => {
    if (value.kind === 'column') return [name, from.get(value.name) ?? 1]
    const own = columnsIn(value).reduce((sum, read) => sum + (from.get(read) ?? 1), 1)
    return [name, value.type === 'list' ? own * LIST : own]
  })
}
