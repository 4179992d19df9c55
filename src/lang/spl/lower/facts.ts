import type { Answer, Lowering } from '../../../plan/lowering.ts'
import { filter, group, type Pipeline, visible } from '../../../plan/pipeline.ts'
import type { Aggregate, Cell, Relation } from '../../../plan/relation.ts'
import type { Column } from '../../../plan/scalar.ts'
import { as, column, isNull, not, text } from '../../../plan/scalars.ts'
import { isOn, numberOf, optionOf } from '../options.ts'
import type { Stages } from '../syntax/tree.ts'
import { type Context, has, matching, maybe, refuse } from './context.ts'
import { oneValueEach } from './group.ts'

/** What `eventcount` does: the number of events, of each index if they have one and `summarize=f`. */
export function counted({ options }: Stages['eventcount'], { environment }: Context): Pipeline {
  const { events } = environment
  const count: Aggregate = { name: 'count', fn: 'count_rows', type: 'number' }
  const apart = !isOn(options, 'summarize', true) && has(events, 'index')
  return group(events, apart ? [{ name: 'index', value: maybe(events, 'index') }] : [], [count])
}

/** What `metadata` does: the hosts, sources or source types with their times and numbers of events. */
export function origins({ options, at }: Stages['metadata'], { environment }: Context): Pipeline {
  const type = optionOf(options, 'type')?.toLowerCase()
  if (type === undefined)
    return refuse('spl/arguments', 'the type is missing', at, 'it is written type=hosts')
  const { events } = environment
  const name = type.replace(/s$/, '')
  const value = as('text', maybe(events, name))
  const time = as('number', maybe(events, '_time'))
  return group(
    filter(events, not(isNull(value))),
    [
      { name, value },
      { name: 'type', value: text(type) },
    ],
    [
      { name: 'firstTime', fn: 'min', of: time, type: 'number' },
      { name: 'lastTime', fn: 'max', of: time, type: 'number' },
      { name: 'recentTime', fn: 'max', of: time, type: 'number' },
      { name: 'totalCount', fn: 'count_rows', type: 'number' },
    ],
  )
}

/** Fields that are summarised at most. */
const MOST_FIELDS = 300

const COLUMNS: readonly Column[] = [
  { name: '$row', type: 'number' },
  { name: 'field', type: 'text' },
  { name: 'count', type: 'number' },
  { name: 'distinct_count', type: 'number' },
  { name: 'is_exact', type: 'number' },
  { name: 'max', type: 'number' },
  { name: 'mean', type: 'number' },
  { name: 'min', type: 'number' },
  { name: 'numeric_count', type: 'number' },
  { name: 'stdev', type: 'number' },
  { name: 'values', type: 'text' },
]

/** What `fieldsummary` does: a row for each field with what its values are like, and the commonest of them as JSON. */
export function* summarized(
  { fields, options, at }: Stages['fieldsummary'],
  rows: Pipeline,
): Lowering<Pipeline> {
  const wanted =
    fields.length === 0
      ? visible(rows).filter(({ name }) => !name.startsWith('_'))
      : fields.flatMap(({ name }) => matching(rows, name))
  const names = [...new Set(wanted.map(({ name }) => name))].sort()
  if (names.length > MOST_FIELDS)
    return refuse('spl/fields', `there are ${names.length} fields, more than ${MOST_FIELDS}`, at)
  const most = numberOf(options, 'maxvals', 100)
  const found: (readonly Cell[])[] = []
  for (const name of names) {
    const facts = yield* factsOf(rows, name, most)
    if (facts !== undefined) found.push([found.length, name, ...facts])
  }
  return {
    relation: { op: 'rows', columns: COLUMNS, rows: found },
    order: [{ value: column('$row', 'number'), descending: false }],
  }
}

/** Undefined for a field that no row has. */
function* factsOf(rows: Pipeline, name: string, most: number): Lowering<readonly Cell[] | undefined> {
  const single = oneValueEach(rows, [{ name, at: NOWHERE }])
  const value = as('text', maybe(single, name))
  const numeric = as('number', value)
  const fact = (title: string, fn: Aggregate['fn'], of = numeric): Aggregate => {
    return { name: title, fn, of, type: 'number' }
  }
  const relation: Relation = {
    op: 'group',
    from: single.relation,
    by: [],
    aggregates: [
      fact('count', 'count', value),
      fact('distinct', 'count_distinct', value),
      fact('max', 'max'),
      fact('mean', 'average'),
      fact('min', 'min'),
      fact('numeric', 'count'),
      fact('stdev', 'stdev'),
    ],
  }
  const answer: Answer = yield { relation, limit: 1, why: `what the values of ${name} are like` }
  const [row = {}] = answer.rows
  if (row['count'] === 0) return undefined
  const values = yield* commonest(single, name, most)
  const of = (title: string): Cell => row[title] ?? null
  return [
    of('count'),
    of('distinct'),
    1,
    of('max'),
    of('mean'),
    of('min'),
    of('numeric'),
    of('stdev'),
    values,
  ]
}

const NOWHERE = { start: 0, end: 0, line: 1, column: 1 }

function* commonest(rows: Pipeline, name: string, most: number): Lowering<string> {
  const value = as('text', maybe(rows, name))
  const groups = group(
    filter(rows, not(isNull(value))),
    [{ name: 'value', value }],
    [{ name: 'count', fn: 'count_rows', type: 'number' }],
  )
  const count = most > 0 ? most : 100_000
  const orderBy = [{ value: column('count', 'number'), descending: true }, ...groups.order]
  const relation: Relation = { op: 'limit', from: groups.relation, orderBy, count }
  const answer: Answer = yield { relation, limit: count, why: `values of ${name} for fieldsummary` }
  return JSON.stringify(answer.rows.map(row => ({ value: String(row['value']), count: row['count'] })))
}
