import type { Lowering } from '../../../plan/lowering.ts'
import { type Pipeline, select } from '../../../plan/pipeline.ts'
import { as, nothing } from '../../../plan/scalars.ts'
import { optionOf } from '../options.ts'
import type { Stages } from '../syntax/tree.ts'
import { besideTexts, differentTexts } from './by-text.ts'
import { type Context, fieldOf, refuse, shown } from './context.ts'
import { elementOf } from './xml.ts'
import { pathOf, reached } from './xml-path.ts'

/** What `xpath` does: the texts that a path reaches in the XML of a field. */
export function* pathsFollowed(stage: Stages['xpath'], rows: Pipeline, context: Context): Lowering<Pipeline> {
  const { options, at } = stage
  const path = pathOf(stage.path)
  if (path === undefined)
    return refuse('spl/path', `"${stage.path}" is no path that can be followed here`, at, PATHS)
  const input = as('text', fieldOf(rows, { name: optionOf(options, 'field') ?? '_raw', at }, context))
  const texts = yield* differentTexts(rows, input, { command: 'xpath', at })
  const standard = optionOf(options, 'default')
  const found = texts.map(text => {
    const root = elementOf(text)
    const values = root === undefined ? [] : reached(root, path)
    return { text, lists: [values.length > 0 || standard === undefined ? values : [standard]] }
  })
  const { rows: wider, values } = besideTexts(rows, input, found)
  const name = optionOf(options, 'outfield') ?? 'xpath'
  const kept = shown(rows).filter(one => one.name !== name)
  return select(wider, [...kept, { name, value: values[0] ?? nothing('list') }])
}

const PATHS = 'it is written like //Data[@Name="User"] or /Event/System/EventID/text()'
