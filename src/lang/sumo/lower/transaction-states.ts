import type { Scalar } from '../../../plan/scalar.ts'
import { known, nothing, text } from '../../../plan/scalars.ts'
import type { TransactionState } from '../syntax-parts.ts'
import { fieldValue } from './flow.ts'
import { glob } from './glob.ts'
import { writtenText } from './texts.ts'
import type { Scene } from './value-of.ts'
import { textOf } from './values.ts'

/** Hidden columns of the messages of a transaction: their state, and their time in ms. */
export const STATE = '$state'
export const TIME = '$time'

/** The first state whose pattern a message fits. */
export function stateOf(states: readonly TransactionState[], { flow, context }: Scene): Scalar {
  const when = states.map(state => {
    const { pattern, field } = state
    const of = textOf(fieldValue(flow, context, field?.name ?? '_raw', field?.at))
    const fits: Scalar = known({
      kind: 'like',
      of,
      pattern: glob(writtenText(pattern.raw)),
      caseless: false,
      type: 'boolean',
    })
    return { if: fits, then: text(nameOf(state)) }
  })
  return { kind: 'choose', when, otherwise: nothing('text'), type: 'text' }
}

export function nameOf({ pattern, as }: TransactionState): string {
  return as?.name ?? pattern.raw
}
