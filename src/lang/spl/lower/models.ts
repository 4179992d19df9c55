import { nearest } from '../../../core/nearest.ts'
import type { Lowering } from '../../../plan/lowering.ts'
import { extend, filter, type Pipeline } from '../../../plan/pipeline.ts'
import type { Named } from '../../../plan/relation.ts'
import type { Scalar } from '../../../plan/scalar.ts'
import { isNull, not, text } from '../../../plan/scalars.ts'
import { optionOf } from '../reader.ts'
import type { Name, Stages } from '../syntax/tree.ts'
import { objectsIn } from '../walk.ts'
import { timeBin } from './bins.ts'
import { type Context, has, maybe, refuse } from './context.ts'
import { chosen } from './functions/conditions.ts'
import { grouped } from './group.ts'
import { equals, lowerTerm } from './term.ts'

/** The data models of Splunk's common information model: the tags of their events, and the names of their objects. */
const MODELS: Readonly<Record<string, readonly string[]>> = {
  Alerts: ['alert'],
  Authentication: ['authentication'],
  Change: ['change'],
  Data_Access: ['data', 'access'],
  Databases: ['database'],
  DLP: ['dlp'],
  Email: ['email'],
  Endpoint: ['endpoint', 'process', 'registry', 'filesystem', 'service', 'port', 'listening'],
  Intrusion_Detection: ['ids'],
  Inventory: ['inventory'],
  Malware: ['malware'],
  Network_Resolution: ['dns'],
  Network_Sessions: ['session'],
  Network_Traffic: ['network', 'communicate'],
  Performance: ['performance'],
  Risk: ['risk'],
  Updates: ['update'],
  Vulnerabilities: ['vulnerability'],
  Web: ['web'],
}

/**
 * What `tstats` does: `stats` over the events of a data model, whose fields have the names of the common
 * information model with the names of their objects before them.
 */
export function* modelStats(stage: Stages['tstats'], _: Pipeline, context: Context): Lowering<Pipeline> {
  const { model, where, options, aggregations, by } = stage
  const events = model === undefined ? context.environment.events : modelEvents(model, context)
  const named = withModelNames(events, stage)
  const some = where === undefined ? named : filter(named, yield* lowerTerm(where, named, context))
  const span = optionOf(options, 'span')
  const timed =
    span === undefined || !has(some, '_time')
      ? some
      : extend(some, [{ name: '_time', value: timeBin(maybe(some, '_time'), span, options, stage, context) }])
  const filler = optionOf(options, 'fillnull_value')
  return grouped(filler === undefined ? timed : filledKeys(timed, by, filler), aggregations, by, context)
}

function modelEvents({ name, at }: Name, context: Context): Pipeline {
  const { events } = context.environment
  const [model = ''] = name.split('.')
  const tags = Object.hasOwn(MODELS, model) ? MODELS[model] : undefined
  if (tags === undefined) {
    const near = nearest(model, Object.keys(MODELS))
    const help = near === undefined ? `there is ${Object.keys(MODELS).join(', ')}` : `did you mean "${near}"?`
    return refuse('spl/unknown-model', `there is no data model "${model}"`, at, help)
  }
  const tag = events.relation.op === 'table' && has(events, 'tag') ? maybe(events, 'tag') : undefined
  if (tag === undefined) return events
  const [first = text('')] = tags.map(one => equals(tag, one))
  const rest = tags.slice(1).map(one => equals(tag, one))
  return filter(events, rest.length === 0 ? first : { kind: 'or', of: [first, ...rest], type: 'boolean' })
}

/** A column under its full name for each name that the stage uses. */
function withModelNames(events: Pipeline, stage: Stages['tstats']): Pipeline {
  const names = new Set<string>()
  for (const node of objectsIn([stage.aggregations, stage.where, stage.by])) {
    if (typeof node['name'] === 'string') names.add(node['name'])
  }
  const columns = [...names].flatMap((name): readonly Named[] => {
    if (has(events, name) || !name.includes('.')) return []
    const value = stripped(events, name)
    return value === undefined ? [] : [{ name, value }]
  })
  return extend(events, columns)
}

/** The field behind the names of a model's objects, `Change.All_Changes.user` being `user`. */
function stripped(events: Pipeline, name: string): Scalar | undefined {
  for (let dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
    const rest = name.slice(dot + 1)
    if (has(events, rest)) return maybe(events, rest)
  }
  return undefined
}

function filledKeys(rows: Pipeline, by: readonly Name[], filler: string): Pipeline {
  const columns = by
    .filter(({ name }) => name !== '_time')
    .map(({ name }) => {
      const value = maybe(rows, name)
      return { name, value: chosen([[not(isNull(value)), value]], text(filler)) }
    })
  return extend(rows, columns)
}
