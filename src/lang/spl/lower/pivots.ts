import type { Lowering } from '../../../plan/lowering.ts'
import {
  filter,
  finished,
  group,
  limit,
  numbered,
  type Pipeline,
  select,
  visible,
} from '../../../plan/pipeline.ts'
import type { Cell, Relation } from '../../../plan/relation.ts'
import { as, column, compare, isNull, not, number, text } from '../../../plan/scalars.ts'
import { isOn, optionOf } from '../options.ts'
import type { Name, Option, Stages } from '../syntax/tree.ts'
import { type Context, fieldOf, type maybe, refuse, shown } from './context.ts'

/** Columns that a pivot makes at most. */
export const MOST_COLUMNS = 1000

/** As Splunk names them, values that begin with `_` have `VALUE` before them; so has one that is the name of the rows. */
export function columnTitle(title: string, row: string): string {
  if (title.startsWith('_')) return `VALUE${title}`
  return title === row ? `VALUE_${title}` : title
}

/** What `transpose` does: the first rows as columns. */
export function* transposed(
  { options, limit: given, at }: Stages['transpose'],
  rows: Pipeline,
): Lowering<Pipeline> {
  const most = given === undefined ? 5 : given === 0 ? MOST_COLUMNS : given
  const columns = [...visible(rows)].sort(byName)
  const answer = yield {
    relation: finished(limit(rows, most)),
    limit: most,
    why: 'rows that transpose turns',
  }
  const header = optionOf(options, 'header_field')
  const titles = answer.rows.map((row, place) =>
    String((header === undefined ? undefined : row[header]) ?? `row ${place + 1}`),
  )
  if (new Set(titles).size < titles.length)
    return refuse('spl/columns', 'transpose would make two columns of one name', at)
  const first = optionOf(options, 'column_name') ?? 'column'
  const kept = columns.filter(({ name }) => name !== header && !name.startsWith('_'))
  const filled = kept.filter(
    ({ name }) => isOn(options, 'include_empty', true) || answer.rows.some(row => row[name] !== null),
  )
  return {
    relation: {
      op: 'rows',
      columns: [
        { name: '$row', type: 'number' },
        ...[first, ...titles].map(name => ({ name, type: 'text' as const })),
      ],
      rows: filled.map(({ name }, place) => [place, name, ...answer.rows.map(row => written(row[name]))]),
    },
    order: [{ value: column('$row', 'number'), descending: false }],
  }
}

function written(cell: Cell | undefined): string | null {
  if (cell === undefined || cell === null) return null
  return typeof cell === 'object' ? cell.join('\n') : String(cell)
}

/** Splunk's examples list fields by their names, not by their places. */
function byName(left: { readonly name: string }, right: { readonly name: string }): number {
  return left.name < right.name ? -1 : 1
}

/** What `untable` does: a row for each value in any column but the first, row by row. */
export function untabled([row, title, value]: readonly Name[], rows: Pipeline, context: Context): Pipeline {
  if (row === undefined || title === undefined || value === undefined)
    throw new Error('bug: three names are read')
  const key = fieldOf(rows, row, context)
  const placed = numbered(rows)
  const parts = [...shown(rows)]
    .sort(byName)
    .filter(({ name }) => name !== row.name && !name.startsWith('_'))
    .map((named, part): Relation => {
      const columns = [
        { name: row.name, value: key },
        { name: title.name, value: text(named.name) },
        { name: value.name, value: as('text', named.value) },
        { name: '$part', value: number(part) },
      ]
      return select(filter(placed, not(isNull(named.value))), columns).relation
    })
  if (parts.length === 0) return rows
  const order = [...placed.order, { value: column('$part', 'number'), descending: false }]
  return { relation: { op: 'union', of: parts }, order }
}

/** What `xyseries` does: a column for each value of the second field. */
export function* series(stage: Stages['xyseries'], rows: Pipeline, context: Context): Lowering<Pipeline> {
  const [x, y, ...values] = stage.fields
  if (x === undefined || y === undefined) throw new Error('bug: three names are read')
  const split = as('text', fieldOf(rows, y, context))
  const titles = yield* valuesOf(rows, split, `values of ${y.name} for xyseries`)
  const aggregates = titles.flatMap(title =>
    values.map(value => {
      const of = fieldOf(rows, value, context)
      const name = columnTitle(seriesTitle(stage.options, values.length, value.name, title), x.name)
      return {
        name,
        fn: 'first',
        of,
        where: compare('eq', split, text(title), { how: 'text' }),
        type: of.type,
      } as const
    }),
  )
  const key = fieldOf(rows, x, context)
  return group(filter(rows, not(isNull(key))), [{ name: x.name, value: key }], aggregates)
}

/** The name of a column: the value of the series, with that of the field if there are several. */
function seriesTitle(options: readonly Option[], fields: number, field: string, title: string): string {
  const format = optionOf(options, 'format')
  if (format !== undefined) return format.replaceAll('$AGG$', () => field).replaceAll('$VAL$', () => title)
  return fields === 1 ? title : `${field}${optionOf(options, 'sep') ?? ': '}${title}`
}

/** The different values of a column, sorted; refused if there are too many to be columns. */
function* valuesOf(
  rows: Pipeline,
  value: ReturnType<typeof maybe>,
  why: string,
): Lowering<readonly string[]> {
  const some = filter(rows, not(isNull(value)))
  const relation: Relation = {
    op: 'group',
    from: some.relation,
    by: [{ name: 'value', value }],
    aggregates: [],
  }
  const answer = yield { relation, limit: MOST_COLUMNS, why }
  if (answer.more) return refuse('spl/columns', `there are more than ${MOST_COLUMNS} ${why}`)
  return answer.rows.map(row => String(row['value'])).sort()
}
