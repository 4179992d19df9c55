import type { Lowering } from '../../../plan/lowering.ts'
import { append, finished, limit, type Pipeline } from '../../../plan/pipeline.ts'
import type { Cell } from '../../../plan/relation.ts'
import { numberOf } from '../options.ts'
import { quote } from '../syntax/text.ts'
import type { Stages } from '../syntax/tree.ts'
import { type Context, refuse } from './context.ts'

/** Searches that one `map` runs at most, whatever it asks for. */
const MOST = 100

/** What `map` does: a search for each row, with the values of the row in the places of `$field$`; their rows together. */
export function* mapped(stage: Stages['map'], rows: Pipeline, context: Context): Lowering<Pipeline> {
  const count = numberOf(stage.options, 'maxsearches', 10)
  if (count > MOST) {
    return refuse('spl/option-value', `map runs at most ${MOST} searches, not ${count}`, stage.at)
  }
  const answer = yield { relation: finished(limit(rows, count + 1)), limit: count, why: 'rows for map' }
  if (answer.more) {
    context.environment.note({
      code: 'spl/map-searches',
      severity: 'warning',
      message: `there are more rows than the ${count} searches of map, as in Splunk; the rest is left out`,
      at: stage.at,
      help: `maxsearches may be up to ${MOST}`,
    })
  }
  let all: Pipeline | undefined
  for (const [place, row] of answer.rows.entries()) {
    const text = filled(stage.template, new Map(Object.entries({ ...row, _serial_id: place })))
    const found = yield* context.lower(context.read(text, stage.templateAt))
    all = all === undefined ? found : append(all, found)
  }
  return all ?? { relation: { op: 'rows', columns: [], rows: [] }, order: [] }
}

/** A value stays a value, whatever it holds: outside of quotes it gets its own, inside they are escaped. */
function filled(template: string, row: ReadonlyMap<string, Cell>): string {
  let quoted = false
  return template.replaceAll(/\\[\s\S]|"|\$([\w.{}-]+)\$/g, (whole: string, name: string | undefined) => {
    if (whole === '"') quoted = !quoted
    if (name === undefined || !row.has(name)) return whole
    const text = written(row.get(name) ?? null)
    if (quoted) return quote(text).slice(1, -1)
    return /^-?\w[\w.-]*$/.test(text) ? text : quote(text)
  })
}

function written(cell: Cell): string {
  if (cell === null) return ''
  return typeof cell === 'object' ? cell.join(' ') : String(cell)
}
