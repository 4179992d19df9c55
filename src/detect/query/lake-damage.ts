import { EngineError } from '../../engines/duckdb/engine-error.ts'
import { withDatabase } from '../../engines/duckdb/with-database.ts'
import { hiddenDamage, mayBeDamage, pathOf, visibleDamage } from '../../lake/damage.ts'
import { overlaps } from '../../lake/file-times.ts'
import { type Manifest, readManifest } from '../../lake/manifest.ts'
import type { ChosenFiles } from '../inputs.ts'
import type { QueryOptions, RowSink } from './options.ts'
import { eventBounds } from './row-job.ts'

/** Paths of files that cannot be read, and why. */
export type Damage = ReadonlyMap<string, string>

const NO_DAMAGE: Damage = new Map()

/** A lake without those of its files that cannot be read, and what is to be said of these. */
export function withoutDamage(
  lake: string,
  options: Parameters<typeof eventBounds>[0],
  known: Damage,
): { readonly manifest: Manifest; readonly problems: ChosenFiles['problems'] } {
  const manifest = readManifest(lake)
  const bounds = eventBounds(options)
  const problems: ChosenFiles['problems'][number][] = []
  const files = manifest.files.filter(file => {
    if (!overlaps(file, bounds)) return true
    const path = pathOf(lake, file)
    const reason = known.get(path) ?? visibleDamage(path, file)
    if (reason !== undefined)
      problems.push({ file: path, code: 'lake/damaged-file', message: `it is damaged: ${reason}` })
    return reason === undefined
  })
  return { manifest: { ...manifest, files }, problems }
}

/**
 * Runs a search over a lake. If the engine fails because files are damaged in a way that a glance does not show, it runs
 * again without them; but not if rows were handed over already: then the error names the file.
 */
export async function aroundDamage<T>(
  lake: string,
  options: QueryOptions,
  run: (options: QueryOptions, known: Damage) => Promise<T>,
): Promise<T> {
  const once = noted(options.sink)
  try {
    return await run({ ...options, sink: once.sink }, NO_DAMAGE)
  } catch (error) {
    if (!mayBeDamage(error)) throw error
    if (options.search.sql !== undefined && /^(?:Parser|Binder|Catalog) Error/.test(error.message))
      throw error
    const { manifest } = withoutDamage(lake, options, NO_DAMAGE)
    const damage = await damageIn(manifest.files.map(file => pathOf(lake, file)))
    const [first] = damage
    if (first === undefined) throw error
    if (once.begun()) throw new EngineError(error.statement, new Error(`${first[0]} is damaged: ${first[1]}`))
    return await run({ ...options, sink: once.sink }, damage)
  }
}

function damageIn(paths: readonly string[]): Promise<Damage> {
  return withDatabase({ memory: 400, threads: 1, plain: true }, database => hiddenDamage(paths, database))
}

/** The same sink, which says whether it was begun and is told nothing twice. */
function noted(sink: RowSink): { readonly sink: RowSink; begun(): boolean } {
  let begun = false
  const told = new Set<string>()
  return {
    begun: () => begun,
    sink: {
      begin: columns => {
        begun = true
        sink.begin(columns)
      },
      rows: rows => sink.rows(rows),
      note: problem => {
        const text = JSON.stringify(problem)
        if (!told.has(text)) sink.note(problem)
        told.add(text)
      },
    },
  }
}
