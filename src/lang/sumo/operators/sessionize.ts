import type { Relation } from '../../../plan/relation.ts'
import type { Scalar } from '../../../plan/scalar.ts'
import { both, coalesce, column, compare, text } from '../../../plan/scalars.ts'
import type { Cursor } from '../cursor.ts'
import { sourceOf } from '../lower/extract.ts'
import { type Context, type Flow, flowOf } from '../lower/flow.ts'
import { refuse } from '../lower/refuse.ts'
import { readSessionAnchor } from '../lower/session-anchor.ts'
import { printNames, printText } from '../print-parts.ts'
import type { Stage } from '../syntax.ts'
import type { SessionAnchor } from '../syntax-parts.ts'
import type { Operator } from './operator.ts'

/** `sessionize "start *" as (id), "end $id in *" as (time)`: a row for messages that agree in what they share. */
export const sessionize: Operator<'sessionize'> = {
  names: ['sessionize'],
  parse: (cursor, at) => {
    const anchors = [anchor(cursor)]
    while (cursor.symbol(',')) anchors.push(anchor(cursor))
    return { op: 'sessionize', at, anchors }
  },
  print: ({ anchors }) =>
    `sessionize ${anchors.map(({ pattern, as }) => `${printText(pattern)} as (${printNames(as)})`).join(', ')}`,
  lower,
}

function anchor(cursor: Cursor): SessionAnchor {
  const pattern = cursor.parenthesised(() => cursor.text())
  if (!cursor.word('as')) return { pattern, as: [] }
  return { pattern, as: cursor.parenthesised(() => (cursor.isSymbol(')') ? [] : cursor.names())) }
}

function lower({ anchors, at }: Stage<'sessionize'>, flow: Flow, context: Context): Flow {
  if (anchors.length < 2) return refuse('sessionize', 'a session needs two patterns', at)
  const of = sourceOf(undefined, flow, context)
  const shown = new Map<string, { readonly name: string; readonly value: Scalar }>()
  let sessions: Relation | undefined
  for (const [index, each] of anchors.entries()) {
    const found = matched(each, index, { flow, of, known: new Set(shown.keys()) })
    const same = found.columns.flatMap(({ lower, place }) => {
      const before = shown.get(lower)
      return before === undefined ? [] : [compare('eq', before.value, column(place, 'text'), { how: 'text' })]
    })
    sessions =
      sessions === undefined
        ? found.relation
        : { op: 'join', how: 'inner', left: sessions, right: found.relation, on: both(...same) }
    for (const { lower, name, place } of found.columns) {
      if (!shown.has(lower)) shown.set(lower, { name, value: column(place, 'text') })
    }
  }
  if (sessions === undefined) throw new Error('bug: a session without patterns')
  const columns = [...shown.values()]
  const [first] = columns
  const order = first === undefined ? [] : [{ value: column(first.name, 'text'), descending: false }]
  return flowOf({ relation: { op: 'select', from: sessions, columns }, order }, false)
}

interface Searched {
  readonly flow: Flow
  readonly of: Scalar
  /** Names that patterns before gave, in lower case. */
  readonly known: ReadonlySet<string>
}

/** The messages that fit one pattern, with what its stars and variables stand for. */
function matched({ pattern, as }: SessionAnchor, index: number, { flow, of, known }: Searched) {
  const { parts, regex } = readSessionAnchor(pattern.raw, known)
  const stars = parts.filter(({ kind }) => kind === 'star').length
  if (stars !== as.length) {
    return refuse(
      'stars',
      `the pattern has ${stars} "*" and ${as.length} names`,
      pattern.at,
      'each "*" needs one name',
    )
  }
  let star = 0
  const columns = parts.map((part, place) => {
    const name = part.kind === 'variable' ? part.name : (as[star++]?.name ?? '')
    return { name, lower: name.toLowerCase(), place: `$session${index}_${place}` }
  })
  const values = columns.map(({ place }, part) => {
    const caught: Scalar = { kind: 'capture', of, regex: regex(part), group: 1, all: false, type: 'text' }
    return { name: place, value: coalesce(caught, text('')) }
  })
  const fitting: Relation = {
    op: 'filter',
    from: flow.rows.relation,
    where: { kind: 'search', of, regex: regex(-1), type: 'boolean' },
  }
  return { columns, relation: { op: 'select', from: fitting, columns: values } as const }
}
