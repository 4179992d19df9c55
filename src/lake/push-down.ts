import type { Expr } from '../plan/expr.ts'
import { valueTest } from '../scan/value-test.ts'
import type { Source } from '../sources/source.ts'
import { join, name, quote, type Sql, sql } from '../sql/sql.ts'
import type { LakeFile } from './manifest.ts'
import { tableOf } from './tables/tables.ts'

/** The files that can hold events for which a condition is true, and what of it the engine can test. */
export interface PushedDown {
  readonly files: readonly LakeFile[]
  readonly where: readonly Sql[]
}

/**
 * Takes from a condition what leaves out much for little: tests of promoted columns whose values the manifest lists.
 * Events that it leaves out cannot match; of the others some may.
 */
export function pushedDown(
  source: Source,
  files: readonly LakeFile[],
  condition: Expr | undefined,
): PushedDown {
  const conjuncts = condition === undefined ? [] : condition.kind === 'and' ? condition.of : [condition]
  return conjuncts.reduce<PushedDown>(
    (before, conjunct) => {
      const wanted = listedValues(source, before.files, conjunct)
      return wanted === undefined ? before : narrowed(before, wanted)
    },
    { files, where: [] },
  )
}

interface Wanted {
  readonly column: string
  readonly values: ReadonlySet<string>
}

function narrowed({ files, where }: PushedDown, { column, values }: Wanted): PushedDown {
  const kept = files.filter(file => file.values[column]?.some(value => values.has(value)) ?? true)
  const list = join([...values].map(quote), ', ')
  const test = values.size === 0 ? sql`FALSE` : sql`${name(column)} IN (${list})`
  return { files: kept, where: [...where, sql`(${test} OR exceptions IS NOT NULL)`] }
}

/** The listed values of a column for which a test of that column alone holds; undefined if it is none, or not all are listed. */
function listedValues(source: Source, files: readonly LakeFile[], conjunct: Expr): Wanted | undefined {
  const leaves = conjunct.kind === 'or' ? conjunct.of : [conjunct]
  const [first] = leaves
  if (first?.kind !== 'match') return undefined
  const column = tableOf(source.id).promoted.find(({ path }) => path.join('.') === first.of.name)?.column
  if (column === undefined || files.some(file => file.values[column] === undefined)) return undefined
  const tests = leaves.map(leaf =>
    leaf.kind === 'match' && leaf.of.name === first.of.name ? valueTest(leaf) : undefined,
  )
  if (tests.some(test => test === undefined)) return undefined
  const all = new Set(files.flatMap(file => file.values[column] ?? []))
  return { column, values: new Set([...all].filter(value => tests.some(test => test?.(value)))) }
}
