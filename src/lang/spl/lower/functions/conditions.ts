import { parseNetwork } from '../../../../core/ip.ts'
import type { Scalar } from '../../../../plan/scalar.ts'
import { as, call, choose, either, isNull, known, not, nothing, truth } from '../../../../plan/scalars.ts'
import { refuse } from '../context.ts'
import { test } from '../term.ts'
import { anyOf, commonType, compared, isNothing, literalOf, truthOf } from '../values.ts'
import { type EvalFunctions, type Given, MANY, takes } from './function.ts'
import { likeTest, matches } from './patterns.ts'

/** Functions that decide. */
export const conditions: EvalFunctions = {
  if: takes(3, 3, ({ value }) => chosen([[truthOf(value(0)), value(1)]], value(2))),
  case: takes(2, MANY, given => chosen(branches(given, false))),
  /** The value behind the first condition that is false. */
  validate: takes(2, MANY, given => chosen(branches(given, true))),
  coalesce: takes(1, MANY, ({ all }) => {
    const values = all().filter(value => !isNothing(value))
    return chosen(values.map(value => [not(isNull(value)), value]))
  }),
  null: takes(0, 0, () => nothing('text')),
  nullif: takes(2, 2, ({ value }) => {
    const same = known(compared('eq', value(0), value(1)))
    return choose(not(same), value(0))
  }),
  true: takes(0, 0, () => truth(true)),
  false: takes(0, 0, () => truth(false)),
  in: takes(2, MANY, ({ all }) => {
    const [value = nothing('text'), ...list] = all()
    return either(...list.map(one => compared('eq', value, one)))
  }),
  like: takes(2, 2, ({ value, at }) => {
    return likeTest(value(0), value(1), at)
  }),
  match: takes(2, 2, ({ value, at }) => matches(value(0), value(1), at)),
  /** A condition of `search`, as a text. */
  searchmatch: takes(1, 1, ({ value, at, rows, context }) => {
    const literal = literalOf(value(0))
    if (typeof literal !== 'string') return refuse('spl/arguments', 'searchmatch takes a text', at)
    const stage = context.read(literal, at).stages[0]
    return stage?.kind === 'search' && stage.term !== undefined
      ? test(stage.term, rows, context)
      : truth(true)
  }),
  cidrmatch: takes(2, 2, ({ value, at }) => inNetworkOf(value(0), value(1), at)),
}

/** The value of the first branch whose condition is true. */
export function chosen(when: readonly (readonly [Scalar, Scalar])[], otherwise?: Scalar): Scalar {
  const values = [...when.map(([, value]) => value), ...(otherwise === undefined ? [] : [otherwise])]
  const type = commonType(values)
  return {
    kind: 'choose',
    when: when.map(([condition, value]) => ({ if: condition, then: as(type, value) })),
    ...(otherwise === undefined ? {} : { otherwise: as(type, otherwise) }),
    type,
  }
}

function branches({ args, value, at }: Given, negated: boolean): readonly (readonly [Scalar, Scalar])[] {
  if (args.length % 2 === 1) return refuse('spl/arguments', 'case needs a value behind each condition', at)
  return Array.from({ length: args.length / 2 }, (_, pair) => {
    const condition = truthOf(value(pair * 2))
    return [negated ? not(condition) : condition, value(pair * 2 + 1)]
  })
}

function inNetworkOf(network: Scalar, value: Scalar, at: Given['at']): Scalar {
  const literal = literalOf(network)
  if (isNothing(value) || isNothing(network)) return nothing('boolean')
  if (typeof literal !== 'string') return anyOf(value, of => known(call('in_network', of, network)))
  const parsed = parseNetwork(literal)
  if (typeof parsed === 'string') return refuse('spl/network', `"${literal}" is no network: ${parsed}`, at)
  return anyOf(value, of =>
    known({ kind: 'cidr', of: as('text', of), network: { text: literal }, type: 'boolean' }),
  )
}
