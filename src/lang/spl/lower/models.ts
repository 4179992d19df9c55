import type { Lowering } from '../../../plan/lowering.ts'
import { append, extend, filter, type Pipeline } from '../../../plan/pipeline.ts'
import { isNull, not, text } from '../../../plan/scalars.ts'
import { isOn, optionOf } from '../options.ts'
import type { Name, Stages } from '../syntax/tree.ts'
import { objectsIn } from '../walk.ts'
import { timesBySpan } from './bins.ts'
import { type Context, maybe } from './context.ts'
import { chosen } from './functions/conditions.ts'
import { grouped } from './group.ts'
import { modelEvents, underObject, withModelFields, withModelNames, withoutNodes } from './model-events.ts'
import { lowerTerm } from './term.ts'

/**
 * What `tstats` does: `stats` over the events of a data model, whose fields have the names of the common
 * information model with the names of their objects before them. With `prestats=t` the next stage counts, so the
 * events themselves go on.
 */
export function* modelStats(stage: Stages['tstats'], before: Pipeline, context: Context): Lowering<Pipeline> {
  const { model, where, options, aggregations, by } = stage
  const events = model === undefined ? context.environment.events : modelEvents(model, context)
  const named = withModelNames(events, namesIn(stage), context)
  const some =
    where === undefined ? named : filter(named, yield* lowerTerm(withoutNodes(where, named), named, context))
  const timed = timesBySpan(some, stage, context)
  const filler = optionOf(options, 'fillnull_value')
  const ready = filler === undefined ? timed : filledKeys(timed, by, filler)
  const made = isOn(options, 'prestats') ? ready : grouped(ready, aggregations, by, context)
  return isOn(options, 'append') ? append(before, made) : made
}

function namesIn(stage: Stages['tstats']): readonly Name[] {
  return [...objectsIn([stage.aggregations, stage.where, stage.by])].flatMap(({ name, at }) =>
    typeof name === 'string' ? [{ name, at: (at ?? stage.at) as Name['at'] }] : [],
  )
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

/** What `datamodel` does: the events of an object, with its name before their fields unless they are `flat`. */
export function modelSearch({ model, object, mode }: Stages['datamodel'], context: Context): Pipeline {
  const name = { name: `${model.name}.${object.name}`, at: object.at }
  const events = withModelFields(modelEvents(name, context), name)
  return mode === 'flat' ? events : underObject(events, model.name, object.name)
}
