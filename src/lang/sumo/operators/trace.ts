import type { Lowering } from '../../../plan/lowering.ts'
import { filter, window } from '../../../plan/pipeline.ts'
import type { Relation } from '../../../plan/relation.ts'
import type { Scalar } from '../../../plan/scalar.ts'
import { column, compare, isNull, not, nothing } from '../../../plan/scalars.ts'
import { sourceOf } from '../lower/extract.ts'
import { type Context, type Flow, find, withRows } from '../lower/flow.ts'
import { refuse } from '../lower/refuse.ts'
import { readRegex } from '../lower/regex-of.ts'
import { writtenText } from '../lower/texts.ts'
import { type Linked, traced } from '../lower/traced.ts'
import { numberOf } from '../lower/values.ts'
import { printText } from '../print-parts.ts'
import type { Stage } from '../syntax.ts'
import type { Operator } from './operator.ts'

/** `trace [+|-] "id=(\w+)" "7F92"`: messages that are linked by such values to the given one, perhaps only in one direction of time. */
export const trace: Operator<'trace'> = {
  names: ['trace'],
  parse: (cursor, at) => {
    const direction = cursor.isSymbol('+', '-') ? cursor.next().text : ''
    const pattern = cursor.text('a regular expression between quotes')
    const start = cursor.text('the value to start from')
    return { op: 'trace', at, direction, pattern, start }
  },
  print: ({ direction, pattern, start }) =>
    `trace${direction === '' ? '' : ` ${direction}`} ${printText(pattern)} ${printText(start)}`,
  lower,
}

const PLACE = '$place'
const LINKS = '$links'
/** Messages with such values that there may be. */
const MOST = 20_000

function* lower(stage: Stage<'trace'>, flow: Flow, context: Context): Lowering<Flow> {
  const { direction, pattern, start, at } = stage
  const { regex } = readRegex(pattern.raw.replace(/\\"/g, '"'), pattern.at)
  const of = sourceOf(undefined, flow, context)
  const values: Scalar = { kind: 'capture', of, regex, group: 1, all: true, type: 'list' }
  const time = numberOf(find(flow, '_messageTime') ?? nothing('number'))
  const orderBy = [{ value: time, descending: false }, ...flow.rows.order]
  const placed = window(flow.rows, [
    { name: PLACE, fn: 'row_number', partitionBy: [], orderBy, type: 'number' },
  ])
  const linked = filter(
    {
      relation: { op: 'extend', from: placed.relation, columns: [{ name: LINKS, value: values }] },
      order: [],
    },
    not(isNull(column(LINKS, 'list'))),
  )
  const columns = [
    { name: 'place', value: column(PLACE, 'number') },
    { name: 'links', value: column(LINKS, 'list') },
  ]
  const answer = yield {
    relation: { op: 'select', from: linked.relation, columns },
    limit: MOST,
    why: 'the messages to trace',
  }
  if (answer.more) {
    return refuse(
      'trace',
      `"trace" can look at ${MOST} messages with such values, and there are more`,
      at,
      'filter before',
    )
  }
  const messages = answer.rows.map((row): Linked => {
    const links = row['links']
    return { place: Number(row['place']), links: Array.isArray(links) ? links : [] }
  })
  const right: Relation = {
    op: 'rows',
    columns: [{ name: '$traced', type: 'number' }],
    rows: traced(messages, writtenText(start.raw), direction).map(place => [place]),
  }
  const on = compare('eq', column(PLACE, 'number'), column('$traced', 'number'))
  const relation: Relation = { op: 'join', how: 'inner', left: placed.relation, right, on }
  return withRows(flow, { relation, order: flow.rows.order })
}
