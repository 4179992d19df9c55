import type { Lowering } from '../../../plan/lowering.ts'
import { nothing } from '../../../plan/scalars.ts'
import { assign, type Context, type Flow } from '../lower/flow.ts'
import { printNames, printSettings } from '../print-parts.ts'
import { settings } from '../settings.ts'
import type { Stage } from '../syntax.ts'
import { lookup } from './lookup.ts'
import type { Operator } from './operator.ts'

/** `threatip f` and `threatlookup [singleIndicator] [source="x"] f, g`: what a service knows of a value. */
export const threat: Operator<'threat'> = {
  names: ['threatip', 'threatlookup'],
  parse: (cursor, at, name) => {
    const single = cursor.word('singleindicator')
    return {
      op: 'threat',
      at,
      how: name === 'threatip' ? 'threatip' : 'threatlookup',
      single,
      settings: settings(cursor, ['source', 'include']),
      fields: cursor.names(),
    }
  },
  print: ({ how, single, settings: given, fields }) =>
    `${how}${single ? ' singleIndicator' : ''}${printSettings(given)} ${printNames(fields)}`,
  lower,
}

/** Fields of `threatip` with the columns of the lookup that Sumo Logic keeps for it. */
const OF_ADDRESS = [
  ['actor', 'actor'],
  ['threatlevel', 'malicious_confidence'],
  ['raw', 'raw_threat'],
  ['type', 'type'],
] as const

const OF_INDICATOR = [
  'actors',
  'confidence',
  'fields',
  'id',
  'imported',
  'indicator',
  'kill_chain',
  'kill_chain_phase',
  'num_match',
  'num_matches',
  'source',
  'threat_type',
  'type',
  'updated',
  'valid_from',
  'valid_until',
]
const NUMBERS = ['confidence', 'imported', 'num_match', 'num_matches', 'updated', 'valid_from', 'valid_until']

function* lower({ how, fields, at }: Stage<'threat'>, flow: Flow, context: Context): Lowering<Flow> {
  const [first] = fields
  if (how === 'threatip' && first !== undefined) {
    const columns = OF_ADDRESS.map(([name, as]) => ({ name: { name, at }, as: { name: as, at } }))
    const on = [{ left: { kind: 'field', name: 'threat', at }, right: { kind: 'field', ...first } }] as const
    const found = lookup.lower(
      { op: 'lookup', at, columns, from: { raw: 'sumo://threat/cs', at }, on },
      flow,
      context,
    )
    return Symbol.iterator in found ? yield* found : found
  }
  context.environment.note({
    code: 'sumo/no-service',
    severity: 'warning',
    message: `"${how}" is a service of Sumo Logic's own: its fields are empty`,
    at,
    help: 'give a table of your own as a lookup, and use "lookup"',
  })
  return assign(
    flow,
    OF_INDICATOR.map(name => ({
      name: `_threatlookup.${name}`,
      value: nothing(NUMBERS.includes(name) ? 'number' : 'text'),
    })),
  )
}
