import { isObject, type Json, parsedJson } from '../../../core/json.ts'
import type { Lowering } from '../../../plan/lowering.ts'
import { columnNamed, extend, filter, type Pipeline } from '../../../plan/pipeline.ts'
import type { Relation } from '../../../plan/relation.ts'
import type { JsonStep, Scalar } from '../../../plan/scalar.ts'
import { as, call, isNull, not, nothing, number } from '../../../plan/scalars.ts'
import { optionOf } from '../options.ts'
import type { Option, Stages } from '../syntax/tree.ts'
import type { Beside } from './by-text.ts'
import { areEvents, type Context, fieldOf, maybe, refuse } from './context.ts'
import { chosen } from './functions/conditions.ts'
import { jsonAt } from './functions/json.ts'
import { jsonPath } from './json-path.ts'
import { xmlBeside, xmlSteps } from './spath-xml.ts'

/** Different texts that are looked at to learn their paths, and paths that are learnt of them. */
const SAMPLE = 10_000
const PATHS = 2000

/** What `spath` does: the value at a path into JSON or XML, or without one a field for everything in the text. */
export function* lowerSpath(stage: Stages['spath'], rows: Pipeline, context: Context): Lowering<Pipeline> {
  const { options, at } = stage
  const path = optionOf(options, 'path')
  const input = fieldOf(rows, { name: optionOf(options, 'input') ?? '_raw', at }, context)
  if (path === undefined) {
    const all = withFields(rows, input, yield* pathsIn(rows, input, 'spath', context, stage))
    const found = yield* xmlBeside(all, input, stage)
    return found === undefined ? all : withLists(found, found.names)
  }
  const [steps, xml] = [jsonPath(path), xmlSteps(path)]
  if (steps === undefined && xml === undefined)
    return refuse(
      'spl/path',
      `"${path}" is no path`,
      at,
      'it is written like a.b{}.c, a{0} or, in XML, a{@b}',
    )
  const name = optionOf(options, 'output') ?? path
  const found = xml === undefined ? undefined : yield* xmlBeside(rows, input, stage, xml)
  const wider = found === undefined ? rows : withLists(found, [name])
  if (steps === undefined) return shownAt(wider, name)
  return withFields(readAt(wider, name, path, options), input, new Map([[name, steps]]))
}

/** Of the text of an event Splunk has made the field of that path before, as it came in its envelope. */
function readAt(rows: Pipeline, name: string, path: string, options: readonly Option[]): Pipeline {
  const value =
    areEvents(rows) && (optionOf(options, 'input') ?? '_raw') === '_raw' ? columnNamed(rows, path) : undefined
  return value === undefined || name === path
    ? rows
    : extend(rows, [{ name, value: orKept(value, maybe(rows, name)) }])
}

function orKept(value: Scalar, before: Scalar): Scalar {
  return chosen([[not(isNull(value)), value]], before)
}

/** The field is there, even where no text has it. */
function shownAt(rows: Pipeline, name: string): Pipeline {
  return extend(rows, [{ name, value: maybe(rows, name) }])
}

/** Where nothing was found, a field keeps its value. */
function withLists({ rows, values }: Beside, names: readonly string[]): Pipeline {
  const columns = names.map((name, at) => {
    const value = values[at] ?? nothing('list')
    return { name, value: orKept(value, maybe(rows, name)) }
  })
  return extend(rows, columns)
}

/** What `fromjson` does: a field for each key of the object. */
export function* lowerFromjson(
  stage: Stages['fromjson'],
  rows: Pipeline,
  context: Context,
): Lowering<Pipeline> {
  const input = fieldOf(rows, stage.field, context)
  const prefix = optionOf(stage.options, 'prefix') ?? ''
  const found = yield* pathsIn(rows, input, 'fromjson', context, stage)
  const keys = [...found.values()].flatMap(([first]) =>
    typeof first === 'object' && 'key' in first ? [first.key] : [],
  )
  return withFields(rows, input, new Map([...new Set(keys)].map(key => [prefix + key, [{ key }]])))
}

/** Where a text has nothing at a path, a field keeps its value. */
function withFields(
  rows: Pipeline,
  input: Scalar,
  paths: ReadonlyMap<string, readonly JsonStep[]>,
): Pipeline {
  const columns = [...paths].map(([name, steps]) => {
    const value = jsonAt(input, steps)
    return { name, value: orKept(value, maybe(rows, name)) }
  })
  return extend(rows, columns)
}

/** The paths of the scalars in the texts of a column, by the names of their fields. */
function* pathsIn(
  rows: Pipeline,
  input: Scalar,
  command: string,
  { environment }: Context,
  { at }: Stages['spath'] | Stages['fromjson'],
): Lowering<ReadonlyMap<string, readonly JsonStep[]>> {
  const one = input.type === 'list' ? call('list_at', input, number(0)) : as('text', input)
  const some = filter(rows, not(isNull(one)))
  const relation: Relation = {
    op: 'group',
    from: some.relation,
    by: [{ name: 'value', value: one }],
    aggregates: [],
  }
  const answer = yield { relation, limit: SAMPLE, why: `texts that ${command} takes apart` }
  const paths = new Map<string, readonly JsonStep[]>()
  for (const row of answer.rows) {
    const parsed = typeof row['value'] === 'string' ? parsedJson(row['value']) : undefined
    if (parsed !== undefined) collect(parsed, '', [], paths)
  }
  if (answer.more || paths.size >= PATHS) {
    environment.note({
      code: 'spl/paths',
      severity: 'warning',
      message: `${command} learns its fields from ${SAMPLE} texts and takes at most ${PATHS}; others are left out`,
      at,
    })
  }
  return paths
}

/** Deeper than this nothing is looked at. */
const DEEPEST = 64

function collect(
  value: Json,
  name: string,
  steps: readonly JsonStep[],
  paths: Map<string, readonly JsonStep[]>,
): void {
  if (paths.size >= PATHS || steps.length > DEEPEST) return
  if (Array.isArray(value)) {
    for (const member of value) collect(member, `${name}{}`, [...steps, 'all'], paths)
  } else if (isObject(value)) {
    const prefix = name === '' ? '' : `${name}.`
    for (const [key, member] of Object.entries(value))
      collect(member, prefix + key, [...steps, { key }], paths)
  } else if (name !== '' && !paths.has(name)) {
    paths.set(name, steps)
  }
}
