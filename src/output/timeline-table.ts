import { pad, truncate, wrap } from '../core/display-width.ts'
import { counted } from '../core/quantity.ts'
import { terminalSafe } from '../core/terminal.ts'
import { actorText, resourceText } from '../findings/actor-text.ts'
import { ENTITY_KINDS } from '../findings/finding.ts'
import type { TimelineEntry } from '../findings/timeline.ts'
import { type Paint, painter, SHORT_LEVELS } from './levels.ts'
import { type FormatOptions, timeText, type Write } from './report.ts'
import { headLines, KIND_NAMES } from './timeline-head.ts'
import type { TimelineWriter } from './timeline-writer.ts'

const NARROWEST = 60
const TIME_WIDTH = '2024-05-01 10:00:00'.length
const PART_WIDTH = 'mentioned'.length
const OUTCOME_WIDTH = 'succeeded'.length
const INDENT = ' '.repeat(TIME_WIDTH + 2)

/**
 * For a terminal: the head; then a line an event, under it what is new with it and the rules that matched it, and
 * above it who acted from where, whenever that is not as before.
 */
export function timelineTable(write: Write, { colour, width }: FormatOptions): TimelineWriter {
  const paint = painter(colour)
  const columns = Math.max(NARROWEST, width)
  let left = 0
  let context = ''
  let first = true
  return {
    head: head => {
      left = head.events
      for (const line of headLines(head, columns, paint)) write(`${line}\n`)
    },
    entry: entry => {
      const now = contextText(entry)
      if (now !== context) write(`\n${wrap(now, columns).map(paint.dim).join('\n')}\n`)
      context = now
      for (const line of entryLines(entry, columns, paint)) write(`${line}\n`)
      if (!first) for (const line of newLines(entry, columns, paint)) write(`${line}\n`)
      first = false
      left--
    },
    end: () => {
      if (left > 0) write(`\n… and ${counted(left, 'later event')}: see --limit, or all with -t jsonl\n`)
    },
  }
}

/** Who acted, with what and from where. */
function contextText({ entities }: TimelineEntry): string {
  const { actor = [], session = [], key = [], address = [], region = [] } = entities
  const parts = [
    ...actor.map(actorText),
    ...session.map(value => `session ${value}`),
    ...key.map(value => `key ${value}`),
    ...address.map(value => `from ${value}`),
    ...region.map(value => `in ${value}`),
  ]
  return terminalSafe(parts.length === 0 ? 'an unknown actor' : parts.join(', '))
}

function entryLines(entry: TimelineEntry, columns: number, paint: Paint): readonly string[] {
  const { time, part, outcome, error, action, entities, named, marks } = entry
  const [service = '', name = service] = action.split(' ', 2)
  const before = `${pad(timeText(time), TIME_WIDTH)}  ${pad(part, PART_WIDTH)}  `
  const result = pad(outcome, OUTCOME_WIDTH)
  const called = terminalSafe(name)
  const more = [
    ...(error === undefined ? [] : [error]),
    ...(name === service ? [] : [service.replace(/\.amazonaws\.com$/, '')]),
    ...(entities.resource ?? []).slice(0, 3).map(resourceText),
  ]
  const room = columns - before.length - result.length - 2
  const shown = truncate([called, ...more.map(terminalSafe)].join('  '), room)
  const line = `${before}${outcome === 'denied' ? paint.level('medium', result) : result}  ${paint.bold(shown.slice(0, called.length))}${shown.slice(called.length)}`
  const where = part === 'mentioned' ? [`named in ${named.map(({ field }) => field).join(', ')}`] : []
  return [
    line,
    ...where.map(text => `${INDENT}${truncate(terminalSafe(text), columns - INDENT.length)}`),
    ...marks.map(
      ({ level, title }) =>
        `${INDENT}${paint.level(level, pad(SHORT_LEVELS[level], 4))}  ${truncate(terminalSafe(title), columns - INDENT.length - 6)}`,
    ),
  ]
}

/** What no earlier event has; new resources are too many to be told. */
function newLines(entry: TimelineEntry, columns: number, paint: Paint): readonly string[] {
  const { role, actor } = entry.new
  const told = ENTITY_KINDS.filter(
    kind => kind !== 'resource' && !(kind === 'role' && role?.[0] === actor?.[0]),
  )
  const fresh = told.flatMap(kind => (entry.new[kind] ?? []).map(value => `new ${KIND_NAMES[kind]} ${value}`))
  return fresh.map(
    text => `${INDENT}${paint.level('low', truncate(terminalSafe(text), columns - INDENT.length))}`,
  )
}
