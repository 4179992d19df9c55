import type { Span } from '../../../core/diagnostic.ts'
import type { ColumnType } from '../../../plan/column-type.ts'
import type { Environment, Lowering } from '../../../plan/lowering.ts'
import { extend, type Pipeline as Rows, select, visible } from '../../../plan/pipeline.ts'
import { columnsOf, type Named, type Relation } from '../../../plan/relation.ts'
import type { Scalar } from '../../../plan/scalar.ts'
import { call, coalesce, column, number } from '../../../plan/scalars.ts'
import type { Pipeline } from '../syntax.ts'
import { fallbacks } from './fallbacks.ts'
import { jsonPath } from './json-path.ts'
import { textOf } from './values.ts'

/** The rows between two stages, and what their fields are called. */
export interface Flow {
  readonly rows: Rows
  /** Messages have a `_raw`; what aggregates make are rows of a table. */
  readonly messages: boolean
  /** The query said which fields it shows. */
  readonly chosen?: boolean
  /** The columns of a field by its name in lower case: the first that has a value. */
  readonly names: ReadonlyMap<string, readonly string[]>
  /** Names, in lower case, of the fields that a stage has set: they are looked for under no other name. */
  readonly given?: ReadonlySet<string>
  /** A hidden boolean column: did one of the `parse … nodrop` stages right before match? */
  readonly parsed?: string
  /** Its columns were values of a field. */
  readonly pivoted?: boolean
  /** Of the last `timeslice`: its column and its length in ms. */
  readonly slice?: { readonly name: string; readonly step: number }
}

/** What the stages of one query share. */
export interface Context {
  readonly environment: Environment
  /** The literal reading: fields have no other names, and a pattern is nothing but what it says. */
  readonly strict: boolean
  /** When the first message came, in ms, if the query asks for it. */
  readonly start?: number
  /** Lowers a pipeline; one without a scope starts from the given flow. */
  readonly lower: (pipeline: Pipeline, from?: Flow) => Lowering<Flow>
  /** The stages before the current one, or another pipeline, over events of so many ms earlier. */
  readonly earlier: (shift: number, of?: Pipeline) => Lowering<Flow>
}

/** A flow from columns whose names are those of the fields. */
export function flowOf(rows: Rows, messages: boolean): Flow {
  const names = new Map<string, string[]>()
  for (const { name } of visible(rows)) {
    const same = names.get(name.toLowerCase())
    if (same === undefined) names.set(name.toLowerCase(), [name])
    else same.push(name)
  }
  return { rows, messages, names }
}

/** The same flow with other rows, which have the same columns. */
export function withRows(flow: Flow, rows: Rows): Flow {
  return { ...flow, rows }
}

/** Sets fields. All values see the rows as they came; of two for one field the last counts. */
export function assign(flow: Flow, fields: readonly Named[]): Flow {
  const names = new Map(flow.names)
  const last = new Map(fields.map(field => [field.name, field]))
  const given = new Set(flow.given)
  for (const name of last.keys()) {
    names.set(name.toLowerCase(), [name])
    given.add(name.toLowerCase())
  }
  return { ...flow, rows: extend(flow.rows, [...last.values()]), names, given }
}

/** The value of a field, in any case of its name; `undefined` if no row can have it. */
export function find(flow: Flow, name: string): Scalar | undefined {
  const found = columnsCalled(flow, name.toLowerCase())
  if (found === undefined) return derived(flow, name)
  const exact = found.includes(name) ? [name, ...found.filter(other => other !== name)] : found
  const types = typesOf(flow.rows.relation)
  const values = exact.map(each => column(each, types.get(each) ?? 'text'))
  const [only, ...others] = values
  if (only === undefined) return undefined
  return others.length === 0 ? only : coalesce(textOf(only), ...others.map(textOf))
}

/** `table.field` of a `join` is also `table_field`, and `%"a-key"` of `keyvalue` is `a_key`. */
function columnsCalled({ names }: Flow, lower: string): readonly string[] | undefined {
  return names.get(lower) ?? names.get(lower.replace('.', '_')) ?? names.get(lower.replace(/\W/g, '_'))
}

/** What follows from another field: the end of a slice, the bytes of a message, and what stands inside of a list, as `a[0].b`. */
function derived(flow: Flow, name: string): Scalar | undefined {
  const { slice } = flow
  if (slice !== undefined && name.toLowerCase() === '__timeslice_end') {
    const start = find(flow, slice.name)
    return start === undefined ? undefined : call('add', start, number(slice.step))
  }
  const raw = /^_size$/i.test(name) ? find(flow, '_raw') : undefined
  if (raw !== undefined) return call('divide', call('length', call('hexadecimal_of_text', raw)), number(2))
  const inside = name.indexOf('[')
  const of = inside > 0 && name.includes(']') ? find(flow, name.slice(0, inside)) : undefined
  if (of === undefined) return undefined
  return { kind: 'json', of: textOf(of), path: jsonPath(name.slice(inside)), type: 'text' }
}

const known = new WeakMap<Relation, ReadonlyMap<string, ColumnType>>()

/** The types of the columns by their names. */
export function typesOf(relation: Relation): ReadonlyMap<string, ColumnType> {
  const before = known.get(relation)
  if (before !== undefined) return before
  const types = new Map(columnsOf(relation).map(({ name, type }) => [name, type]))
  known.set(relation, types)
  return types
}

/** The value of a field; null, and noted, if no row can have it. Unless strict, a field may have other names. */
export function fieldValue(flow: Flow, context: Context, name: string, at?: Span): Scalar {
  const only = context.strict || !flow.messages || flow.given?.has(name.toLowerCase()) === true
  const names = only ? [name] : [name, ...fallbacks(name)]
  const values = names.flatMap(each => find(flow, each) ?? [])
  const [first, ...others] = values
  if (first !== undefined) return others.length === 0 ? first : coalesce(textOf(first), ...others.map(textOf))
  context.environment.unknownField(name, at)
  return { kind: 'literal', value: null, type: 'text' }
}

/** Only these fields; the others are gone. */
export function keep(flow: Flow, fields: readonly Named[]): Flow {
  return {
    ...flowOf(select(flow.rows, fields), flow.messages),
    chosen: true,
    ...(flow.slice === undefined ? {} : { slice: flow.slice }),
  }
}

/** A name that no hidden column of the rows starts with. */
export function unused({ rows }: Flow, name: string): string {
  const taken = columnsOf(rows.relation).map(column => column.name)
  let count = 0
  while (taken.some(each => each.startsWith(`$${name}${count}_`))) count++
  return `$${name}${count}_`
}

/** The names of all fields, as they are written. */
export function fieldNames(flow: Flow): readonly string[] {
  const names = [...flow.names.values()].flatMap(each => each.slice(0, 1))
  return [...new Set(names)].filter(name => !name.startsWith('$'))
}

/** Without these fields. */
export function dropping(flow: Flow, names: readonly string[]): Flow {
  const gone = new Set(names.map(name => name.toLowerCase()))
  const kept = new Map([...flow.names].filter(([lower]) => !gone.has(lower)))
  return { ...flow, names: kept }
}

/** Only these fields; of messages what Sumo Logic itself says of them stays, out of sight. */
export function keepingInternals(flow: Flow, fields: readonly Named[]): Flow {
  if (!flow.messages) return keep(flow, fields)
  const listed = new Set(fields.map(({ name }) => name.toLowerCase()))
  const internal = [...flow.names.keys()].filter(lower => /^\$?_/.test(lower) && !listed.has(lower))
  const carried = internal.flatMap(lower => {
    const value = find(flow, lower)
    return value === undefined ? [] : [{ lower, column: `$${lower}`, value }]
  })
  const rows = extend(
    flow.rows,
    carried.map(({ column: name, value }) => ({ name, value })),
  )
  const columns = carried.map(({ column: name, value }) => ({ name, value: column(name, value.type) }))
  const chosen = keep({ ...flow, rows }, [...fields, ...columns])
  const names = new Map(chosen.names)
  for (const { lower, column: name } of carried) names.set(lower, [name])
  return { ...chosen, names }
}
