import { columnNamed, extend, type Pipeline } from '../../../plan/pipeline.ts'
import type { Named } from '../../../plan/relation.ts'
import type { Scalar } from '../../../plan/scalar.ts'
import { as, call, choose, column, compare, number } from '../../../plan/scalars.ts'

/** Fields that say where an event comes from, under any of whose names a search may look for it. */
const ORIGINS: readonly string[] = ['sourcetype', 'source']

/** Each of them has one value, the first of its names; all of them stand in a hidden column, to compare with. */
export function withOrigins(events: Pipeline): Pipeline {
  const columns = ORIGINS.flatMap((name): readonly Named[] => {
    const names = columnNamed(events, name)
    if (names?.type !== 'list') return []
    return [
      { name: hiddenName(name), value: names },
      { name, value: call('list_at', names, number(0)) },
    ]
  })
  return extend(events, columns)
}

/** What a comparison with the field looks at: all of its names, as long as it has its first one. */
export function comparable(rows: Pipeline, name: string): Scalar | undefined {
  if (!ORIGINS.includes(name)) return undefined
  const [own, names] = [columnNamed(rows, name), columnNamed(rows, hiddenName(name))]
  if (own === undefined || names === undefined) return undefined
  const first = call('list_at', names, number(0))
  return choose(
    compare('eq', as('text', own), first, { how: 'text' }),
    column(hiddenName(name), 'list'),
    as('list', own),
  )
}

function hiddenName(name: string): string {
  return `$${name}`
}
