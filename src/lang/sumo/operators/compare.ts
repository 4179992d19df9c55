import type { Lowering } from '../../../plan/lowering.ts'
import type { Cursor } from '../cursor.ts'
import { comparedWith } from '../lower/compared-with.ts'
import type { Context, Flow } from '../lower/flow.ts'
import { refuse } from '../lower/refuse.ts'
import { stepOf } from '../lower/steps.ts'
import { bare, wholeNumber } from '../pieces.ts'
import { printAlias } from '../print-parts.ts'
import type { Stage } from '../syntax.ts'
import type { Timeshift } from '../syntax-parts.ts'
import type { Operator } from './operator.ts'

/** `compare with timeshift 1d [3] [avg] [as f], …`: the same query over earlier time ranges, beside this one. */
export const compare: Operator<'compare'> = {
  names: ['compare'],
  parse: (cursor, at) => {
    cursor.word('with')
    const shifts = [shift(cursor)]
    while (cursor.symbol(',')) {
      cursor.word('with')
      shifts.push(shift(cursor))
    }
    return { op: 'compare', at, shifts }
  },
  print: ({ shifts }) => `compare ${shifts.map(print).join(', ')}`,
  lower,
}

function shift(cursor: Cursor): Timeshift {
  cursor.expectWord('timeshift')
  const by = bare(cursor, 'a length of time such as 1d')
  const times = /^\d+$/.test(cursor.peek().text) ? { times: wholeNumber(cursor) } : {}
  const aggregate = cursor.isWord('avg', 'min', 'max', 'sum')
    ? { aggregate: cursor.next().text.toLowerCase() }
    : {}
  return { by, ...times, ...aggregate, ...cursor.alias() }
}

function print({ by, times, aggregate, as }: Timeshift): string {
  const many = times === undefined ? '' : ` ${times}`
  return `timeshift ${by.raw}${many}${aggregate === undefined ? '' : ` ${aggregate}`}${printAlias(as)}`
}

/** Earlier time ranges that a stage may ask for. */
const MOST = 30

function* lower({ shifts, at }: Stage<'compare'>, flow: Flow, context: Context): Lowering<Flow> {
  if (flow.messages)
    return refuse('compare', '"compare" needs an aggregate before it', at, 'put "count by …" before')
  let result = flow
  for (const each of shifts) {
    const { by, times = 1, aggregate } = each
    if (times < 1 || times > MOST) return refuse('compare', `at most ${MOST} times can be compared`, by.at)
    const step = Math.abs(stepOf(by, context))
    const past: Flow[] = []
    for (let count = 1; count <= times; count++) past.push(yield* context.earlier(count * step))
    result = comparedWith(result, past, { suffixes: suffixesOf(each, times), aggregate, base: flow })
  }
  return result
}

/** `_1d` and `_2d` for two days, `_2d_avg` for their mean; a name of its own gets a number from the second on. */
function suffixesOf({ by, aggregate, as }: Timeshift, times: number): readonly string[] {
  if (aggregate !== undefined) return [as?.name ?? `${shiftOf(by.raw, times)}_${aggregate}`]
  return Array.from({ length: times }, (_, index) => {
    if (as === undefined) return shiftOf(by.raw, index + 1)
    return index === 0 ? as.name : `${as.name}_${index + 1}`
  })
}

/** `1d` three times is `3d`. */
function shiftOf(raw: string, times: number): string {
  const [, count, unit = ''] = /^[-+]?(\d+)\s*(\w+)$/.exec(raw) ?? []
  return count === undefined ? raw.replace(/\W/g, '') : `${Number(count) * times}${unit}`
}
