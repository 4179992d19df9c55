import type { Lowering } from '../../../plan/lowering.ts'
import { type Context, type Flow, fieldValue } from '../lower/flow.ts'
import { geoFields } from '../lower/geo.ts'
import { printName } from '../print-parts.ts'
import type { Stage } from '../syntax.ts'
import type { Operator } from './operator.ts'

/** `geoip ip`: latitude, longitude, country_code, country_name, city and state of an address. */
export const geoip: Operator<'geoip'> = {
  names: ['geoip'],
  parse: (cursor, at) => ({ op: 'geoip', at, field: cursor.name() }),
  print: ({ field }) => `geoip ${printName(field)}`,
  lower,
}

const FIELDS = ['latitude', 'longitude', 'country_code', 'country_name', 'region', 'city', 'state']

function* lower({ field, at }: Stage<'geoip'>, flow: Flow, context: Context): Lowering<Flow> {
  const address = fieldValue(flow, context, field.name, field.at)
  const wanted = FIELDS.map(name => ({ column: name, name, at }))
  return yield* geoFields(flow, context, { address, wanted, at })
}
