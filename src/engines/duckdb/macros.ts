import type { Sql } from '../../sql/sql.ts'

/** Definitions of macros, which are handed out as statements need them: to make all of them takes longer than most searches. */
export class Macros {
  private readonly left: Map<string, Sql>

  constructor(definitions: readonly Sql[]) {
    this.left = new Map(definitions.map(definition => [nameOf(definition), definition]))
  }

  /** Those that a statement uses, directly or through others, and that nobody asked for before; none before those it uses itself. */
  take(statement: string): readonly Sql[] {
    const taken: Sql[] = []
    for (const [, name = ''] of statement.matchAll(CALL)) {
      const definition = this.left.get(name.toLowerCase())
      if (definition === undefined) continue
      this.left.delete(name.toLowerCase())
      taken.push(...this.take(definition), definition)
    }
    return taken
  }
}

const CALL = /\b([a-z_]\w*)"?\s*\(/gi

function nameOf(definition: Sql): string {
  const [, name] = /\bMACRO\s+(\w+)/.exec(definition) ?? []
  if (name === undefined) throw new Error(`bug: no macro: ${definition}`)
  return name.toLowerCase()
}
