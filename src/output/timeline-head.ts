import { displayWidth, pad, truncate, wrap } from '../core/display-width.ts'
import { counted, thousands } from '../core/quantity.ts'
import { terminalSafe } from '../core/terminal.ts'
import type { Neighbour, NeighbourKind, Neighbours, TimelineHead } from '../findings/timeline.ts'
import { type Paint, SHORT_LEVELS } from './levels.ts'
import { timeText } from './report.ts'

/** The kinds in words, in the order of the head. */
export const KIND_NAMES: Readonly<Record<NeighbourKind, string>> = {
  actor: 'actor',
  role: 'role',
  session: 'session',
  key: 'key',
  address: 'address',
  account: 'account',
  region: 'region',
  user_agent: 'user agent',
  resource: 'resource',
  action: 'action',
  error: 'error',
}

const COUNT_WIDTH = '1,000,000'.length
/** Columns from which on both times have room with their clocks. */
const WIDE = 100

/** What all the events come to: times, parts, outcomes, rules, neighbours. */
export function headLines(head: TimelineHead, columns: number, paint: Paint): readonly string[] {
  const entity = terminalSafe(head.entity)
  if (head.events === 0) return wrap(nothingText(head), columns)
  const kinds = Object.keys(KIND_NAMES) as NeighbourKind[]
  return [
    ...wrap(entity, columns).map(paint.bold),
    ...wrap(eventsText(head), columns),
    ...(head.marks.length === 0 ? [] : ['', paint.bold('rules')]),
    ...head.marks.map(({ level, title, events }) => {
      const name = paint.level(level, pad(SHORT_LEVELS[level], 4))
      return `${count(events)}  ${name}  ${truncate(terminalSafe(title), columns - COUNT_WIDTH - 8)}`
    }),
    ...kinds.flatMap(kind => neighbourLines(kind, head.neighbours[kind], columns, paint)),
  ]
}

/** That there is no event, and in how many. */
export function nothingText({ entity, looked_at }: TimelineHead): string {
  return `None of ${counted(looked_at, 'event')} names ${terminalSafe(entity)}. Whole words are compared, whatever their case: check the spelling.`
}

function eventsText({ events, first_time, last_time, parts, outcomes }: TimelineHead): string {
  const all = [
    [parts.actor, 'as actor'],
    [parts.target, 'as target'],
    [parts.mentioned, 'only mentioned'],
    [outcomes.succeeded, 'succeeded'],
    [outcomes.denied, 'denied'],
    [outcomes.unknown, 'with an outcome that the log does not tell'],
  ] as const
  const told = all.filter(([number]) => number > 0).map(([number, words]) => `${thousands(number)} ${words}`)
  const when =
    first_time === '' ? '' : ` First seen ${timeText(first_time)}, last seen ${timeText(last_time)} UTC.`
  return `${counted(events, 'event')}: ${told.join(', ')}.${when}`
}

function neighbourLines(
  kind: NeighbourKind,
  neighbours: Neighbours | undefined,
  columns: number,
  paint: Paint,
): readonly string[] {
  if (neighbours === undefined) return []
  const { values, distinct, not_told_apart } = neighbours
  const rest = distinct - values.length
  const beyond =
    not_told_apart === undefined
      ? ''
      : `, and ${counted(not_told_apart, 'event')} with values that were not told apart`
  return [
    '',
    paint.bold(KIND_NAMES[kind]),
    ...values.map(value => neighbourLine(value, columns, paint)),
    ...(rest > 0 ? [`${' '.repeat(COUNT_WIDTH)}  … and ${thousands(rest)} more${beyond}`] : []),
  ]
}

function neighbourLine(neighbour: Neighbour, columns: number, paint: Paint): string {
  const clock = columns < WIDE ? 10 : undefined
  const [first, last] = [neighbour.first_time, neighbour.last_time].map(time =>
    timeText(time).slice(0, clock),
  )
  const when = first === last ? first : `${first} to ${last}`
  const room = columns - COUNT_WIDTH - 4 - (columns < WIDE ? '2024-05-01 to 2024-05-02'.length : 42)
  const value = truncate(terminalSafe(neighbour.value), room)
  const gap = ' '.repeat(room - displayWidth(value))
  return `${count(neighbour.events)}  ${value}${gap}  ${paint.dim(when ?? '')}`
}

function count(events: number): string {
  return thousands(events).padStart(COUNT_WIDTH)
}
