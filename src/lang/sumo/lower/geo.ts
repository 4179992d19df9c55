import type { Span } from '../../../core/diagnostic.ts'
import type { GeoFacts, Lowering } from '../../../plan/lowering.ts'
import { group, select } from '../../../plan/pipeline.ts'
import type { Cell, Relation } from '../../../plan/relation.ts'
import type { Column, Scalar } from '../../../plan/scalar.ts'
import { column, compare, nothing } from '../../../plan/scalars.ts'
import { assign, type Context, type Flow, unused, withRows } from './flow.ts'
import { refuse } from './refuse.ts'
import { textOf } from './values.ts'

interface Wanted {
  readonly column: string
  readonly name: string
  readonly at: Span
}

/** Addresses that are looked up at most. */
const MOST = 100_000

interface Fact {
  readonly type: 'text' | 'number'
  readonly of: (facts: GeoFacts) => Cell | undefined
}

const FACTS: ReadonlyMap<string, Fact> = new Map<string, Fact>([
  ['latitude', { type: 'number', of: ({ latitude }) => latitude }],
  ['longitude', { type: 'number', of: ({ longitude }) => longitude }],
  ['country_code', { type: 'text', of: ({ countryCode }) => countryCode }],
  ['country_name', { type: 'text', of: ({ country }) => country }],
  ['region', { type: 'text', of: ({ region }) => region }],
  ['state', { type: 'text', of: ({ region }) => region }],
  ['city', { type: 'text', of: ({ city }) => city }],
  ['postal_code', { type: 'text', of: ({ postalCode }) => postalCode }],
  ['continent', { type: 'text', of: ({ continent }) => continent }],
  ['connection_type', { type: 'text', of: () => undefined }],
  ['country_cf', { type: 'number', of: () => undefined }],
  ['state_cf', { type: 'number', of: () => undefined }],
  ['city_cf', { type: 'number', of: () => undefined }],
  ['asn', { type: 'number', of: ({ asn }) => asn }],
  ['organization', { type: 'text', of: ({ organization }) => organization }],
  ['carrier_organization', { type: 'text', of: ({ organization }) => organization }],
  ['registering_organization', { type: 'text', of: () => undefined }],
])

/** Where an address is: the wanted facts as fields, null where nothing is known of it. */
export function* geoFields(
  flow: Flow,
  context: Context,
  {
    address,
    wanted,
    at,
  }: { readonly address: Scalar; readonly wanted: readonly Wanted[]; readonly at: Span },
): Lowering<Flow> {
  const facts = wanted.map((each, index) => ({
    ...each,
    place: `${unused(flow, 'geo')}${index}`,
    fact: factOf(each),
  }))
  const place = unused(flow, 'address')
  const { geo } = context.environment
  if (geo === undefined) {
    const message = 'nothing is known of where addresses are: these fields are empty'
    const help = 'give a geo database with --geo'
    context.environment.note({ code: 'sumo/no-geo', severity: 'warning', message, at, help })
    return assign(
      flow,
      facts.map(({ name, fact }) => ({ name, value: nothing(fact.type) })),
    )
  }
  const key = textOf(address)
  const asked = group(
    select(flow.rows, [{ name: 'address', value: key }]),
    [{ name: 'address', value: column('address', 'text') }],
    [],
  )
  const { rows } = yield { relation: asked.relation, limit: MOST, why: 'the addresses to look up' }
  const columns: readonly Column[] = [
    { name: place, type: 'text' },
    ...facts.map(({ place, fact }) => ({ name: place, type: fact.type })),
  ]
  const known = rows.flatMap((row): readonly (readonly Cell[])[] => {
    const found = typeof row['address'] === 'string' ? geo(row['address']) : undefined
    return found === undefined
      ? []
      : [[row['address'] ?? null, ...facts.map(({ fact }) => fact.of(found) ?? null)]]
  })
  const right: Relation = { op: 'rows', columns, rows: known }
  const on = compare('eq', key, column(place, 'text'), { how: 'text' })
  const relation: Relation = { op: 'join', how: 'left', left: flow.rows.relation, right, on }
  return assign(
    withRows(flow, { relation, order: flow.rows.order }),
    facts.map(({ name, place, fact }) => ({ name, value: column(place, fact.type) })),
  )
}

function factOf({ column: name, at }: Wanted) {
  const found = FACTS.get(name.toLowerCase())
  if (found !== undefined) return found
  return refuse(
    'unknown-column',
    `nothing is known of the "${name}" of an address`,
    at,
    `known are ${[...FACTS.keys()].join(', ')}`,
  )
}
