import type { Cell } from '../../../plan/relation.ts'

/** A message in the order of time. */
export interface Timed {
  /** Its number in that order. */
  readonly place: number
  /** In ms. */
  readonly time: number
  /** A group begins, or ends, with it. */
  readonly starts: boolean
  readonly ends: boolean
  readonly keys: readonly Cell[]
}

export interface Bounds {
  /** In ms, from the first to the last message, and from one to the next. */
  readonly span: number
  readonly pause: number
  /** Messages. */
  readonly size: number
  /** Only groups that began, or ended, with such a message are kept. */
  readonly mustStart: boolean
  readonly mustEnd: boolean
}

interface Group {
  readonly members: Timed[]
  start: number
  last: number
  started: boolean
  ended: boolean
  /** Another began for its values. */
  closed: boolean
  /** Where its messages went when it was joined with another. */
  into?: Group
}

/**
 * The place, the number and whether it is kept of the group of each message: a message belongs to the open groups with which
 * it shares a value, which are one from then on, unless a bound has closed them. Nothing for messages without any value.
 */
export function boundedGroups(rows: readonly Timed[], bounds: Bounds): readonly (readonly Cell[])[] {
  const groups: Group[] = []
  const holders = new Map<string, Group>()
  for (const row of rows) {
    const keys = row.keys.flatMap((value, field) => (value === null ? [] : [`${field} ${String(value)}`]))
    if (keys.length === 0) continue
    const open = openGroups(keys, row, holders, bounds)
    if (row.starts) for (const group of open.splice(0)) group.closed = true
    const group = open[0] ?? begun(row, groups)
    for (const other of open.slice(1)) absorb(group, other)
    group.members.push(row)
    group.last = row.time
    group.ended = row.ends
    for (const key of keys) holders.set(key, group)
  }
  return groups
    .filter(({ into }) => into === undefined)
    .flatMap((group, number) => {
      const kept = (group.started || !bounds.mustStart) && (group.ended || !bounds.mustEnd)
      return group.members.map(({ place }) => [place, number + 1, kept])
    })
}

function begun({ time, starts }: Timed, groups: Group[]): Group {
  const group: Group = { members: [], start: time, last: time, started: starts, ended: false, closed: false }
  groups.push(group)
  return group
}

/** The groups that share a value and that the message does not carry beyond a bound; the earliest first. */
function openGroups(
  keys: readonly string[],
  { time }: Timed,
  holders: ReadonlyMap<string, Group>,
  { span, pause, size }: Bounds,
): Group[] {
  const found = keys.flatMap(key => {
    const group = holders.get(key)
    return group === undefined ? [] : [rootOf(group)]
  })
  return [...new Set(found)].filter(
    ({ start, last, members, ended, closed }) =>
      !ended && !closed && time - start <= span && time - last <= pause && members.length < size,
  )
}

function rootOf(group: Group): Group {
  let root = group
  while (root.into !== undefined) root = root.into
  return root
}

function absorb(group: Group, other: Group): void {
  for (const member of other.members) group.members.push(member)
  group.start = Math.min(group.start, other.start)
  group.started = group.started || other.started
  other.into = group
}
