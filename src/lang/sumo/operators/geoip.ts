import type { Lowering } from '../../../plan/lowering.ts'
import { type Context, type Flow, fieldValue } from '../lower/flow.ts'
import { geoFields } from '../lower/geo.ts'
import { printName, printNames } from '../print-parts.ts'
import type { Stage } from '../syntax.ts'
import type { Operator } from './operator.ts'

/** `geoip ip [region, continent]`: latitude, longitude, country_code, country_name, city, state and more of an address. */
export const geoip: Operator<'geoip'> = {
  names: ['geoip'],
  parse: (cursor, at) => {
    const field = cursor.name()
    cursor.symbol(',')
    return { op: 'geoip', at, field, more: cursor.isName() ? cursor.names() : [] }
  },
  print: ({ field, more }) => `geoip ${printName(field)}${more.length === 0 ? '' : ` ${printNames(more)}`}`,
  lower,
}

const FIELDS = ['latitude', 'longitude', 'country_code', 'country_name', 'region', 'city', 'state']

function* lower({ field, more, at }: Stage<'geoip'>, flow: Flow, context: Context): Lowering<Flow> {
  const address = fieldValue(flow, context, field.name, field.at)
  const others = more.filter(({ name }) => !FIELDS.includes(name.toLowerCase()))
  const wanted = [
    ...FIELDS.map(name => ({ column: name, name, at })),
    ...others.map(({ name, at: place }) => ({ column: name, name, at: place })),
  ]
  return yield* geoFields(flow, context, { address, wanted, at })
}
