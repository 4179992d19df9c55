import { name, type Sql } from './sql.ts'

/**
 * Column names as identifiers. Engines ignore case in names and searches do not: of names that differ in case
 * alone, all but the first get a number.
 */
export class Names {
  private readonly given = new Map<string, string>()
  private readonly counts = new Map<string, number>()

  of(column: string): Sql {
    const before = this.given.get(column)
    if (before !== undefined) return name(before)
    const folded = column.toLowerCase()
    const count = (this.counts.get(folded) ?? 0) + 1
    this.counts.set(folded, count)
    const made = count === 1 ? column : this.unused(column, count)
    this.given.set(column, made)
    return name(made)
  }

  /** `name~2`, unless some column is called just that. */
  private unused(column: string, count: number): string {
    let made = `${column}~${count}`
    while (this.counts.has(made.toLowerCase())) made += '~'
    this.counts.set(made.toLowerCase(), 1)
    return made
  }
}
