import type { Lowering } from '../../../plan/lowering.ts'
import { group } from '../../../plan/pipeline.ts'
import type { Cell } from '../../../plan/relation.ts'
import type { Cursor } from '../cursor.ts'
import { filledUp, type Generator } from '../lower/filled-up.ts'
import { type Context, type Flow, fieldValue, find } from '../lower/flow.ts'
import { refuse } from '../lower/refuse.ts'
import { searchedTime, startOf } from '../lower/searched-time.ts'
import { stepOf } from '../lower/steps.ts'
import { takingLast } from '../lower/taking-last.ts'
import { numberOf, textOf } from '../lower/values.ts'
import { bare } from '../pieces.ts'
import { printName, printText } from '../print-parts.ts'
import type { Stage } from '../syntax.ts'
import type { Name, Text } from '../syntax-parts.ts'
import type { Operator } from './operator.ts'

interface Values {
  readonly field: Name
  readonly listed: readonly Text[] | 'all'
}

/** `fillmissing timeslice(1h), values("a", "b") in f, values all in g`: a row for each combination that has none. */
export const fillmissing: Operator<'fillmissing'> = {
  names: ['fillmissing'],
  parse: (cursor, at) => {
    let timeslice: { readonly timeslice?: Text; readonly slices?: Name } = {}
    const values: Values[] = []
    do {
      if (cursor.word('timeslice')) {
        timeslice = { timeslice: step(cursor) }
        if (cursor.word('in')) timeslice = { ...timeslice, slices: cursor.name() }
      } else values.push(wanted(cursor))
    } while (cursor.symbol(','))
    const given = fills(cursor)
    return { op: 'fillmissing', at, ...timeslice, values, with: given, takeLast: cursor.word('takelast') }
  },
  print: ({ timeslice, slices: of, values, with: given, takeLast }) => {
    const slice = timeslice?.raw === '' ? 'timeslice' : `timeslice(${timeslice?.raw})`
    const step = of === undefined ? slice : `${slice} in ${printName(of)}`
    const filled = given
      .map(({ field, value }) => ` with ${printText(value)} for ${printName(field)}`)
      .join(',')
    return `fillmissing ${[...(timeslice === undefined ? [] : [step]), ...values.map(print)].join(', ')}${filled}${takeLast ? ' takelast' : ''}`
  },
  lower,
}

function step(cursor: Cursor): Text {
  const { start } = cursor.peek()
  if (!cursor.isSymbol('(')) return { raw: '', at: cursor.span(start) }
  return cursor.parenthesised(() => bare(cursor, 'a length of time such as 1h'))
}

/** `values("a", "b") in f`, `values all in f`, `values all(…)`. */
function wanted(cursor: Cursor): Values {
  cursor.expectWord('values')
  if (cursor.word('all')) {
    cursor.expectWord('in')
    return { listed: 'all', field: cursor.name() }
  }
  const listed = cursor.parenthesised(() => {
    const texts = [bare(cursor, 'a value')]
    while (cursor.symbol(',')) texts.push(bare(cursor, 'a value'))
    return texts
  })
  cursor.expectWord('in')
  return { listed, field: cursor.name() }
}

function print({ field, listed }: Values): string {
  const told = listed === 'all' ? ' all' : `(${listed.map(printText).join(', ')})`
  return `values${told} in ${printName(field)}`
}

/** `with 0 for f, "none" for g`; each may have its own `with`. */
function fills(cursor: Cursor): readonly { readonly field: Name; readonly value: Text }[] {
  const found: { readonly field: Name; readonly value: Text }[] = []
  if (!cursor.isWord('with')) return found
  do {
    cursor.word('with')
    const value = bare(cursor, 'a value')
    cursor.expectWord('for')
    found.push({ value, field: cursor.name() })
  } while (cursor.symbol(',') || cursor.isWord('with'))
  return found
}

/** Combinations that are filled up at most. */
const MOST = 10_000

function* lower(stage: Stage<'fillmissing'>, flow: Flow, context: Context): Lowering<Flow> {
  const generators: Generator[] = []
  if (stage.timeslice !== undefined) generators.push(yield* slices(stage, stage.timeslice, flow, context))
  for (const { field, listed } of stage.values) {
    const value = textOf(fieldValue(flow, context, field.name, field.at))
    const values = listed === 'all' ? yield* distinct(value, flow) : listed.map(({ raw }) => raw)
    generators.push({ name: field.name, value, values })
  }
  const some = atMost(generators, stage, context)
  const given = stage.with.map(({ field, value }) => ({ name: field.name, raw: value.raw }))
  if (!stage.takeLast) return filledUp(flow, some, given)
  if (stage.timeslice !== undefined) return takingLast(flow, some, given)
  return refuse(
    'fillmissing',
    '"takelast" needs a timeslice',
    stage.at,
    'add "timeslice" behind "fillmissing"',
  )
}

/** Of each generator so many values, from the first on, that there are no more combinations than `MOST`. */
function atMost(
  generators: readonly Generator[],
  { at }: Stage<'fillmissing'>,
  context: Context,
): readonly Generator[] {
  const many = generators.reduce((product, { values }) => product * values.length, 1)
  if (many <= MOST) return generators
  context.environment.note({
    code: 'sumo/fillmissing',
    severity: 'warning',
    message: `there are more than ${MOST} combinations to fill up: the rest is left out`,
    at,
    help: 'search a shorter time, or make the slices longer',
  })
  let left = MOST
  const cut = generators.toReversed().map(generator => {
    const values = generator.values.slice(0, left)
    left = Math.max(1, Math.floor(left / Math.max(1, values.length)))
    return { ...generator, values }
  })
  return cut.toReversed()
}

/** Every slice of the searched time; without one, or if it has too many, every slice from the first to the last. */
function* slices(
  stage: Stage<'fillmissing'>,
  given: Text,
  flow: Flow,
  context: Context,
): Lowering<Generator> {
  const name = stage.slices?.name ?? flow.slice?.name ?? '_timeslice'
  const step = given.raw === '' ? flow.slice?.step : stepOf(given, context)
  const found = find(flow, name)
  if (step === undefined || found === undefined) {
    return refuse(
      'fillmissing',
      'there is no timeslice to fill up',
      stage.at,
      'put "timeslice" before and group by it',
    )
  }
  const value = numberOf(found)
  const edge = (fn: 'min' | 'max') => ({ name: fn, fn, of: value, type: 'number' }) as const
  const edges = group(flow.rows, [], [edge('min'), edge('max')])
  const { rows } = yield { relation: edges.relation, limit: 1, why: 'the first and the last slice' }
  const { min = null, max = null } = rows[0] ?? {}
  const there = typeof min === 'number' && typeof max === 'number' ? ([min, max] as const) : undefined
  const [first, last] = searched(there, step, context) ?? there ?? [0, -1]
  const count = Math.min(Math.floor((last - first) / step) + 1, MOST + 1)
  return { name, value, values: Array.from({ length: count }, (_, place) => first + place * step) }
}

/** The first and the last slice of the searched time and of the rows; undefined if they are too many. */
function searched(
  [first, last]: Edges = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
  step: number,
  context: Context,
): Edges | undefined {
  const time = searchedTime(context)
  if (time === undefined) return undefined
  const slices = [Math.min(first, startOf(time[0], step)), Math.max(last, startOf(time[1], step))] as const
  return (slices[1] - slices[0]) / step < MOST ? slices : undefined
}

type Edges = readonly [number, number]

function* distinct(value: Generator['value'], flow: Flow): Lowering<readonly Cell[]> {
  const asked = group(flow.rows, [{ name: 'value', value }], [])
  const { rows } = yield { relation: asked.relation, limit: MOST, why: 'the values to fill up' }
  return rows.map(row => row['value'] ?? null).filter(each => each !== null)
}
