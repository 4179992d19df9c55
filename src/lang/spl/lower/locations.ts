import type { ColumnType } from '../../../plan/column-type.ts'
import type { GeoFacts, Lowering } from '../../../plan/lowering.ts'
import { filter, type Pipeline, select } from '../../../plan/pipeline.ts'
import type { Cell, Named, Relation } from '../../../plan/relation.ts'
import type { Column } from '../../../plan/scalar.ts'
import { as, column, compare, isNull, not, nothing } from '../../../plan/scalars.ts'
import { isOn, optionOf } from '../options.ts'
import type { Stages } from '../syntax/tree.ts'
import { type Context, fieldOf, shown } from './context.ts'

/** Different addresses that are looked up at most. */
const MOST = 100_000

type Fact = readonly [string, (facts: GeoFacts) => Cell]

const FACTS: readonly Fact[] = [
  ['City', facts => facts.city ?? null],
  ['Country', facts => facts.country ?? null],
  ['Region', facts => facts.region ?? null],
  ['lat', facts => facts.latitude ?? null],
  ['lon', facts => facts.longitude ?? null],
]

/** What `allfields` adds. */
const MORE: readonly Fact[] = [
  ['Continent', facts => facts.continent ?? null],
  ['MetroCode', facts => facts.metroCode ?? null],
  ['Timezone', facts => facts.timeZone ?? null],
]

/** What `iplocation` does: where addresses are, by the data that the user gave. */
export function* located(stage: Stages['iplocation'], rows: Pipeline, context: Context): Lowering<Pipeline> {
  const prefix = optionOf(stage.options, 'prefix') ?? ''
  const wanted = isOn(stage.options, 'allfields') ? [...FACTS, ...MORE] : FACTS
  const address = as('text', fieldOf(rows, stage.field, context))
  const { geo } = context.environment
  if (geo === undefined) {
    context.environment.note({
      code: 'spl/no-geo',
      severity: 'warning',
      message: 'iplocation has no data about addresses, so its fields are empty',
      at: stage.at,
      help: 'give a MaxMind database (MMDB)',
    })
  }
  const known: Relation = {
    op: 'group',
    from: filter(rows, not(isNull(address))).relation,
    by: [{ name: 'address', value: address }],
    aggregates: [],
  }
  const answer =
    geo === undefined ? undefined : yield { relation: known, limit: MOST, why: 'addresses to locate' }
  const found = (answer?.rows ?? []).flatMap(({ address: text }): readonly (readonly Cell[])[] => {
    const facts = typeof text === 'string' ? geo?.call(context.environment, text) : undefined
    return facts === undefined || typeof text !== 'string'
      ? []
      : [[text, ...wanted.map(([, read]) => read(facts))]]
  })
  const types = wanted.map(([name]): ColumnType => (name === 'lat' || name === 'lon' ? 'number' : 'text'))
  const names = wanted.map(([name]) => prefix + name)
  const kept = shown(rows).filter(({ name }) => !names.includes(name))
  if (found.length === 0) {
    return select(rows, [
      ...kept,
      ...names.map((name, at): Named => ({ name, value: nothing(types[at] ?? 'text') })),
    ])
  }
  const columns: readonly Column[] = [
    { name: '$address', type: 'text' },
    ...names.map((_, at): Column => ({ name: `$geo${at}`, type: types[at] ?? 'text' })),
  ]
  const right: Relation = { op: 'rows', columns, rows: found }
  const on = compare('eq', address, column('$address', 'text'), { how: 'text' })
  const joined: Pipeline = {
    relation: { op: 'join', how: 'left', left: rows.relation, right, on },
    order: rows.order,
  }
  const facts = names.map((name, at): Named => ({ name, value: column(`$geo${at}`, types[at] ?? 'text') }))
  return select(joined, [...kept, ...facts])
}
