import { window } from '../../../plan/pipeline.ts'
import { coalesce, column } from '../../../plan/scalars.ts'
import { filledUp, type Generator } from './filled-up.ts'
import { assign, type Flow, fieldNames, find, withRows } from './flow.ts'
import { over } from './window.ts'

/** As `filledUp` with slices as the first values; what nothing is given for has the value of the slice before. */
export function takingLast(
  flow: Flow,
  generators: readonly Generator[],
  given: readonly { readonly name: string; readonly raw: string }[],
): Flow {
  const [slice, ...others] = generators
  if (slice === undefined) throw new Error('bug: there are no slices')
  const fixed = [...generators, ...given].map(({ name }) => name.toLowerCase())
  const open = fieldNames(flow).filter(name => !fixed.includes(name.toLowerCase()))
  const filled = filledUp(flow, generators, [...given, ...open.map(name => ({ name, raw: 'null' }))])
  const orderBy = [{ value: find(filled, slice.name) ?? slice.value, descending: false }]
  const place = {
    partitionBy: others.flatMap(({ name }) => find(filled, name) ?? []),
    orderBy,
    frame: { from: 'start', to: 0 } as const,
  }
  const values = open.flatMap(name => {
    const of = find(filled, name)
    return of === undefined
      ? []
      : [{ name, of, last: over(`$last_${name}`, { fn: 'last', of, orderBy, type: of.type }, place) }]
  })
  const rows = window(
    filled.rows,
    values.map(({ last }) => last),
  )
  return assign(
    withRows(filled, rows),
    values.map(({ name, of, last }) => ({ name, value: coalesce(of, column(last.name, of.type)) })),
  )
}
