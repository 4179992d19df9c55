import type { Regex } from '../../../plan/expr.ts'
import { unnest } from '../../../plan/pipeline.ts'
import type { Scalar } from '../../../plan/scalar.ts'
import {
  both,
  call,
  choose,
  coalesce,
  column,
  either,
  isNull,
  known,
  not,
  nothing,
  text,
} from '../../../plan/scalars.ts'
import type { Cursor } from '../cursor.ts'
import { limits } from '../limits.ts'
import { extracted, sourceOf } from '../lower/extract.ts'
import { type Context, type Flow, withRows } from '../lower/flow.ts'
import { completed, keysOf, structured } from '../lower/key-shaped.ts'
import { MARK } from '../lower/look-around.ts'
import { type GroupedRegex, readRegex } from '../lower/regex-of.ts'
import { options } from '../options.ts'
import { printField, printText } from '../print-parts.ts'
import type { Stage } from '../syntax.ts'
import type { Text } from '../syntax-parts.ts'
import type { Operator } from './operator.ts'

/** `parse regex [field=f] "(?<user>\S+)" [, regex "…"] [multi] [nodrop]`, and `extract`: any of several patterns must match. */
export const parseRegex: Operator<'parse regex'> = {
  names: ['parse regex', 'extract'],
  parse: (cursor, at) => {
    const before = options(cursor, OPTIONS)
    const { start } = cursor.peek()
    const pattern = cursor.text('a regular expression between quotes')
    const loose = cursor.reading.loose.has(start)
    if (loose) noteLoose(cursor, start)
    const more = further(cursor)
    const behind = options(cursor, OPTIONS)
    const given = (name: string) => before.flags.has(name) || behind.flags.has(name)
    const field = before.field ?? behind.field
    return {
      op: 'parse regex',
      at,
      ...(field === undefined ? {} : { field }),
      pattern,
      more,
      nodrop: given('nodrop'),
      multi: given('multi'),
      loose,
    }
  },
  print: ({ field, pattern, more, nodrop, multi, loose }) => {
    const raw = loose ? pattern.raw.replace(/\\.|"/gs, found => (found === '"' ? '\\"' : found)) : pattern.raw
    const others = more.map(each => `, ${printText(each)}`).join('')
    return `parse regex${printField(field)} "${raw}"${others}${multi ? ' multi' : ''}${nodrop ? ' nodrop' : ''}`
  },
  lower,
}

function further(cursor: Cursor): readonly Text[] {
  const found: Text[] = []
  const follows = () => cursor.peekSecond().kind === 'text' || /^regex$/i.test(cursor.peekSecond().text)
  while (cursor.isSymbol(',') && follows() && found.length < limits.names) {
    cursor.next()
    cursor.word('regex')
    found.push(cursor.text())
  }
  return found
}

const OPTIONS = ['nodrop', 'multi', 'noconvert']

function noteLoose(cursor: Cursor, start: number): void {
  cursor.report('warning', 'sumo/unescaped-quote', 'this pattern holds quotes that are not escaped', {
    start,
    end: start + 1,
    help: 'it is taken to end at the last quote of the stage; write \\" for those inside',
  })
}

function lower(stage: Stage<'parse regex'>, flow: Flow, context: Context): Flow {
  if (stage.more.length > 0 && !stage.multi) return anyOf(stage, flow, context)
  return [stage.pattern, ...stage.more].reduce(
    (rows, pattern) => one({ ...stage, pattern }, rows, context),
    flow,
  )
}

/** Of several patterns that name a group alike the first that caught something counts. */
function anyOf(stage: Stage<'parse regex'>, flow: Flow, context: Context): Flow {
  const { field, pattern, more, nodrop } = stage
  const of = sourceOf(field, flow, context)
  const found = [pattern, ...more].map(({ raw, at }) =>
    readRegex(raw.replace(/\\"/g, '"'), at, { excludes: true }),
  )
  const matched = found.map(each => matches(of, each))
  const values = new Map<string, Scalar>()
  for (const { name, value } of found.flatMap(each => captures(of, each))) {
    const before = values.get(name)
    values.set(name, before === undefined ? value : coalesce(before, value))
  }
  const fields = [...values].map(([name, value]) => ({ name, value }))
  return extracted(flow, { matched: either(...matched), fields, nodrop })
}

function one(stage: Stage<'parse regex'>, flow: Flow, context: Context): Flow {
  const { field, pattern, multi, nodrop } = stage
  const found = readRegex(pattern.raw.replace(/\\"/g, '"'), pattern.at, { multi, excludes: true })
  noteGroups(stage, found, context)
  const source = sourceOf(field, flow, context)
  if (multi) return everyMatch(flow, source, found, nodrop)
  const keys = context.strict || field !== undefined ? undefined : keysOf(pattern.raw)
  if (keys !== undefined) return byKeys(stage, { flow, context, keys, found, source })
  return extracted(flow, { matched: matches(source, found), fields: captures(source, found), nodrop })
}

function matches(of: Scalar, { regex, unless }: GroupedRegex): Scalar {
  const found = (each: Regex): Scalar => known({ kind: 'search', of, regex: each, type: 'boolean' })
  return unless === undefined ? found(regex) : both(found(regex), not(found(unless)))
}

/** One value for each name; of several groups with one name the first that caught something. */
function captures(of: Scalar, found: GroupedRegex) {
  const { capture, groups, unless } = found
  return [...groups].map(([name, numbers]) => {
    const [first = nothing('text'), ...others] = numbers.map(group => capture(of, group))
    const value = coalesce(first, ...others)
    return { name, value: unless === undefined ? value : choose(matches(of, found), value, nothing('text')) }
  })
}

/** A row for each match. */
function everyMatch(flow: Flow, of: Scalar, found: GroupedRegex, nodrop: boolean): Flow {
  const { regex, marked } = found
  const all: Scalar = { kind: 'capture', of: withMarks(of, marked), regex, group: 0, all: true, type: 'list' }
  const rows = unnest(flow.rows, { of: all, as: MATCH, keepEmpty: nodrop || flow.parsed !== undefined })
  const match = column(MATCH, 'text')
  return extracted(withRows(flow, rows), {
    matched: not(isNull(match)),
    fields: captures(match, found).map(({ name, value }) => ({
      name,
      value: marked === undefined ? value : call('replace_text', value, text(MARK), text('')),
    })),
    nodrop,
  })
}

/** With a mark wherever the pattern would look ahead. */
function withMarks(of: Scalar, marked: GroupedRegex['marked']): Scalar {
  if (marked === undefined) return of
  return { kind: 'substitute', of, regex: marked, by: `${MARK}\\1`, all: true, type: 'text' }
}

const MATCH = '$match'

interface Keyed {
  readonly flow: Flow
  readonly context: Context
  readonly keys: readonly string[]
  readonly found: GroupedRegex
  readonly source: Scalar
}

/** A pattern that looks for a value by its name also takes the message's own field of that name. */
function byKeys(
  { pattern, nodrop }: Stage<'parse regex'>,
  { flow, context, keys, found, source }: Keyed,
): Flow {
  const own = [...found.groups.keys()].map(name => structured(flow, [name, ...keys]))
  const fields = captures(source, found).map(({ name, value }, index) => {
    const having = own[index]
    return { name, value: having === undefined ? value : completed(value, having) }
  })
  if (own.some(each => each !== undefined)) {
    context.environment.note({
      code: 'sumo/key-shaped',
      severity: 'warning',
      message: `this pattern looks for ${keys.join(', ')} by name: fields of that name count too`,
      at: pattern.at,
      help: 'with --strict it is nothing but a pattern',
    })
  }
  const searched = matches(source, found)
  const matched = either(searched, ...own.flatMap(each => (each === undefined ? [] : [not(isNull(each))])))
  return extracted(flow, { matched, fields, nodrop })
}

function noteGroups({ pattern }: Stage<'parse regex'>, { groups }: GroupedRegex, context: Context): void {
  const twice = [...groups].filter(([, numbers]) => numbers.length > 1).map(([name]) => `"${name}"`)
  if (twice.length === 0) return
  context.environment.note({
    code: 'sumo/group-twice',
    severity: 'warning',
    message: `this pattern names ${twice.join(' and ')} more than once: the first that catches something counts`,
    at: pattern.at,
  })
}
