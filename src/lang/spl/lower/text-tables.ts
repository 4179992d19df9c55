import type { Lowering } from '../../../plan/lowering.ts'
import { finished, type Pipeline, visible } from '../../../plan/pipeline.ts'
import type { Cell } from '../../../plan/relation.ts'
import { column } from '../../../plan/scalars.ts'
import { isOn, numberOf } from '../options.ts'
import type { Stages } from '../syntax/tree.ts'
import { type Context, fieldOf, refuse } from './context.ts'

/** Events whose tables are read at most. */
const MOST = 10_000

/**
 * What `multikv` does with a text that is a table: a row for each line below the header, its fields named after the
 * header's words. Columns are told apart by commas or tabs if the header has them, else by spaces.
 */
export function* tablesRead(stage: Stages['multikv'], rows: Pipeline, context: Context): Lowering<Pipeline> {
  fieldOf(rows, { name: '_raw', at: stage.at }, context)
  const answer = yield { relation: finished(rows), limit: MOST, why: 'texts that multikv reads as tables' }
  if (answer.more) return refuse('spl/rows', `multikv reads the tables of at most ${MOST} events`, stage.at)
  const copied = isOn(stage.options, 'copyattrs', true)
  const kept = visible(rows).filter(({ name }) => copied && name !== '_raw')
  const wanted = new Set(stage.lists.filter(({ name }) => name === 'fields').flatMap(({ words }) => words))
  const filters = stage.lists.filter(({ name }) => name === 'filter').flatMap(({ words }) => words)
  const header = numberOf(stage.options, 'forceheader', 1)
  const lines = answer.rows.flatMap(row => {
    const raw = String(row['_raw'] ?? '')
    const own = { row, cells: new Map<string, string>(), raw }
    const table = readTable(raw, isOn(stage.options, 'noheader'), header)
      .filter(line => filters.length === 0 || filters.some(word => line.raw.includes(word)))
      .map(line => ({ row, ...line }))
    return isOn(stage.options, 'rmorig', true) ? table : [...table, own]
  })
  const names = [...new Set(lines.flatMap(({ cells }) => [...cells.keys()]))].filter(
    name => wanted.size === 0 || wanted.has(name),
  )
  const others = kept.filter(({ name }) => !names.includes(name))
  return {
    relation: {
      op: 'rows',
      columns: [
        { name: '$row', type: 'number' },
        ...others,
        { name: '_raw', type: 'text' },
        ...names.map(name => ({ name, type: 'text' as const })),
      ],
      rows: lines.map(({ row, cells, raw }, at): readonly Cell[] => [
        at,
        ...others.map(({ name }) => row[name] ?? null),
        raw,
        ...names.map(name => cells.get(name) ?? null),
      ]),
    },
    order: [{ value: column('$row', 'number'), descending: false }],
  }
}

interface Line {
  readonly raw: string
  readonly cells: ReadonlyMap<string, string>
}

/** @param place the line of the header, from 1; empty ones do not count */
function readTable(text: string, noHeader: boolean, place: number): readonly Line[] {
  const all = text.split(/\r?\n/).filter(line => line.trim() !== '')
  const [header = '', ...lines] = all.slice(noHeader ? 0 : Math.max(0, place - 1))
  const body = noHeader ? [header, ...lines] : lines
  const cut = cutter(header)
  const titles = noHeader ? [] : cut(header).map(titled)
  return body.map(raw => {
    const cells = cut(raw).map((cell, at) => [titles[at] ?? `Column_${at + 1}`, cell] as const)
    return { raw, cells: new Map(cells) }
  })
}

function cutter(header: string): (line: string) => readonly string[] {
  if (header.includes('\t')) return line => line.split('\t').map(cell => cell.trim())
  if (header.includes(',')) return line => line.split(',').map(cell => cell.trim())
  return line => line.trim().split(/\s+/)
}

/** Splunk makes underscores of quotes and of what else cannot be in a name. */
function titled(cell: string): string {
  return cell.replace(/^"/, '').replaceAll(/[^\w.{}:]/g, '_')
}
