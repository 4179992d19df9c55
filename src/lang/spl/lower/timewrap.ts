import type { Answer, Lowering } from '../../../plan/lowering.ts'
import { finished, type Pipeline, visible } from '../../../plan/pipeline.ts'
import type { Cell } from '../../../plan/relation.ts'
import type { Column } from '../../../plan/scalar.ts'
import { column } from '../../../plan/scalars.ts'
import { optionOf } from '../options.ts'
import type { Stages } from '../syntax/tree.ts'
import { type Context, fieldOf, has, refuse } from './context.ts'
import { applySteps, type TimeUnit, timeUnit } from './relative-time.ts'

/** Rows that are wrapped at most, and periods that become columns. */
const MOST_ROWS = 10_000
const MOST_PERIODS = 200

type Stage = Stages['timewrap']

/** What `timewrap` does with the rows of a `timechart`: a column for each period of time, all on the axis of the last. */
export function* wrapped(stage: Stage, rows: Pipeline, context: Context): Lowering<Pipeline> {
  const period = periodOf(stage)
  fieldOf(rows, { name: '_time', at: stage.at }, context)
  if (!has(rows, '_time')) return rows
  const relation = finished({ ...rows, order: [{ value: column('_time', 'number'), descending: false }] })
  const answer: Answer = yield { relation, limit: MOST_ROWS, why: 'rows for timewrap' }
  if (answer.more) return refuse('spl/rows', `timewrap takes at most ${MOST_ROWS} rows`, stage.at)
  const found = answer.rows.flatMap(row =>
    typeof row['_time'] === 'number' ? [{ row, time: row['_time'] }] : [],
  )
  const end = endOf(
    found.map(({ time }) => time),
    period,
    context.environment.now,
  )
  const cells = new Map<number, Map<string, Cell>>()
  const fields = visible(rows).filter(({ name }) => !name.startsWith('_'))
  const titles = new Map<string, Titled>()
  for (const { row, time } of found) {
    const back = periodsBack(time, end, period)
    if (back === undefined)
      return refuse('spl/columns', `there are more than ${MOST_PERIODS} periods`, stage.at)
    const at = moved(time, period, back)
    const line = cells.get(at) ?? new Map<string, Cell>()
    cells.set(at, line)
    for (const [place, { name, type }] of fields.entries()) {
      const title = titleOf(name, back, period, stage)
      titles.set(title, { title, type, place, back })
      line.set(title, row[name] ?? null)
    }
  }
  return tableOf(
    cells,
    [...titles.values()].sort((one, other) => other.back - one.back || one.place - other.place),
  )
}

interface Titled {
  readonly title: string
  readonly type: Column['type']
  readonly place: number
  readonly back: number
}

function tableOf(cells: ReadonlyMap<number, ReadonlyMap<string, Cell>>, titles: readonly Titled[]): Pipeline {
  const times = [...cells.keys()].sort((one, other) => one - other)
  return {
    relation: {
      op: 'rows',
      columns: [
        { name: '_time', type: 'number' },
        ...titles.map(({ title, type }) => ({ name: title, type })),
      ],
      rows: times.map(time => [time, ...titles.map(({ title }) => cells.get(time)?.get(title) ?? null)]),
    },
    order: [{ value: column('_time', 'number'), descending: false }],
  }
}

interface Period {
  readonly count: number
  readonly unit: TimeUnit
}

function periodOf({ span, at }: Stage): Period {
  const [, amount = '', name = ''] = /^(\d*)([a-z]+)$/i.exec(span) ?? []
  const unit = timeUnit(name)
  const count = Number(amount || 1)
  if (unit === undefined || count < 1)
    return refuse('spl/span', `"${span}" is no span`, at, 'it is written like 1d or 2w')
  return { count, unit }
}

/** So many periods later. */
function moved(time: number, { count, unit }: Period, periods: number): number {
  return applySteps(time, [{ kind: 'add', amount: count * periods, unit }])
}

/** The end of the search; of older rows, the end of the last step. */
function endOf(times: readonly number[], period: Period, now: number): number {
  const last = times.at(-1) ?? now
  if (last < now && now <= moved(last, period, 1)) return now
  const steps = times.slice(1).map((time, place) => time - (times[place] ?? time))
  return last + Math.min(...steps.filter(step => step > 0), moved(0, period, 1))
}

/** How many periods a time lies before the last one; undefined beyond all bounds. */
function periodsBack(time: number, end: number, period: Period): number | undefined {
  for (let back = 0; back < MOST_PERIODS; back++) {
    if (moved(end, period, -(back + 1)) <= time) return back
  }
  return undefined
}

function titleOf(field: string, back: number, { count, unit }: Period, { options, at }: Stage): string {
  const series = optionOf(options, 'series')?.toLowerCase() ?? 'relative'
  if (series === 'exact')
    return refuse(
      'spl/unsupported-option',
      'timewrap does not know series=exact here',
      at,
      'there is relative and short',
    )
  if (series === 'short') return `${field}_s${back}`
  const length = back * count
  if (back === 0) return `${field}_latest_${count === 1 ? unit : `${count}${unit}s`}`
  return `${field}_${length}${unit}${length > 1 ? 's' : ''}_before`
}
