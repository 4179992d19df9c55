import { keysOf } from './lower/key-shaped.ts'
import type { Pipeline, Stage } from './syntax.ts'
import type { Extracted, Name } from './syntax-parts.ts'
import { expressionsIn, pipelinesIn } from './walk.ts'

/** Names, in lower case, that a query gives to values of its own before it reads them. */
export function ownNames(query: Pipeline): ReadonlySet<string> {
  const own = new Set<string>()
  const read = new Set<string>()
  for (const { stages } of pipelinesIn(query)) {
    const set = new Set<string>()
    for (const stage of stages) {
      for (const name of readBy(stage)) if (!set.has(name)) read.add(name)
      for (const name of setBy(stage)) {
        set.add(name)
        own.add(name)
      }
    }
  }
  return new Set([...own].filter(name => !read.has(name)))
}

function readBy(stage: Stage): readonly string[] {
  const fields = expressionsIn(stage).flatMap(expr =>
    expr.kind === 'field' ? [expr.name.toLowerCase()] : [],
  )
  return 'field' in stage && stage.field !== undefined ? [...fields, stage.field.name.toLowerCase()] : fields
}

function setBy(stage: Stage): readonly string[] {
  switch (stage.op) {
    case 'parse':
      return stage.items.flatMap(({ as }) => as.map(lower))
    case 'parse regex':
      return stage.field === undefined && keysOf(stage.pattern.raw) !== undefined ? [] : groupsOf(stage)
    case 'parse xml':
    case 'json':
    case 'keyvalue':
      return stage.items.map(extracted)
    case 'csv':
    case 'split':
      return stage.items.map(({ as }) => lower(as))
    case 'expression':
      return stage.as === undefined ? [] : [lower(stage.as)]
    case 'lookup':
      return stage.columns.map(({ name, as }) => lower(as ?? name))
    default:
      return []
  }
}

function groupsOf({ pattern, more }: Stage<'parse regex'>): readonly string[] {
  const named = [pattern, ...more].flatMap(({ raw }) => [...raw.matchAll(/\(\?P?<(\w+)>/g)])
  return named.map(([, name = '']) => name.toLowerCase())
}

function extracted({ path, as }: Extracted): string {
  return (as?.name ?? path.raw).toLowerCase()
}

function lower({ name }: Name): string {
  return name.toLowerCase()
}
