import type { Span } from '../../../core/diagnostic.ts'
import type { ApprovalPlace, Order, Regex, SameHow, TimePart } from '../../../plan/expr.ts'
import type { TimeRange } from '../../../plan/iso-time.ts'
import type { Pattern } from '../../../plan/pattern.ts'
import { limits } from '../limits.ts'
import type { Reading } from '../reading.ts'

/** One thing that a field is compared with; `during`: it counts only for events of that time. */
export type Operand = Compared & { readonly during?: Validity }

/** When a value counts, and the approvals that it is of. */
export interface Validity extends TimeRange {
  readonly approvals: readonly ApprovalPlace[]
}

type Compared =
  /** `raw` is the text before its wildcards were read. */
  | { readonly kind: 'text'; readonly raw: string; readonly pattern: Pattern }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'number'; readonly value: number; readonly text: string }
  | { readonly kind: 'boolean'; readonly value: boolean; readonly text: string }
  | { readonly kind: 'null' }
  | { readonly kind: 'regex'; readonly regex: Regex }
  | { readonly kind: 'network'; readonly text: string }
  | { readonly kind: 'presence'; readonly present: boolean }
  | { readonly kind: 'order'; readonly order: Order; readonly value: number; readonly digits?: string }
  | { readonly kind: 'reference'; readonly name: string }

/** A value as written, and what it has become: several operands are alternatives. */
export interface Value {
  readonly at: Span
  readonly operands: readonly Operand[]
}

/** An item on its way through its modifiers. */
export interface Item {
  readonly values: readonly Value[]
  /** Where in the field's text the value stands. */
  readonly how: SameHow
  readonly caseless: boolean
  /** All values must hold, not any. */
  readonly every: boolean
  /** Holds if the rest does not. */
  readonly negated: boolean
  readonly part?: TimePart
}

/** What a modifier does with an item, which decides what it can be combined with. */
export type Family =
  | 'position'
  | 'list'
  | 'case'
  | 'negation'
  | 'regex'
  | 'flag'
  | 'network'
  | 'presence'
  | 'order'
  | 'time'
  | 'encoding'
  | 'dash'
  | 'placeholder'
  | 'field'

/** A word behind a field name. Mistakes of the values go to the problems of the reading. */
export interface Modifier {
  readonly names: readonly [string, ...(readonly string[])]
  readonly family: Family
  apply(item: Item, reading: Reading, at: Span): Item
}

/**
 * The item with every operand replaced by what `change` makes of it; nothing drops the operand. Stops soon after
 * the values have become too many, which the reader of the item then tells.
 */
export function changeEach(
  item: Item,
  change: (operand: Operand, at: Span) => Operand | readonly Operand[] | undefined,
): Item {
  let made = 0
  const values = item.values.map(({ at, operands }) => {
    const changed: Operand[] = []
    for (const operand of operands) {
      if (made > limits.values) break
      const results = [change(operand, at) ?? []].flat()
      made += results.length
      const { during } = operand
      changed.push(...(during === undefined ? results : results.map(result => ({ ...result, during }))))
    }
    return { at, operands: changed }
  })
  return { ...item, values }
}

/** The written text of an operand that is one value. */
export function rawText(operand: Operand): string | undefined {
  if (operand.kind === 'text') return operand.raw
  return operand.kind === 'number' || operand.kind === 'boolean' ? operand.text : undefined
}

/** The number that a value is, or that its text is written as: `08` is a text, and an hour all the same. */
export function numberOf(operand: Operand): number | undefined {
  if (operand.kind === 'number') return operand.value
  const text = operand.kind === 'text' ? operand.raw.trim() : ''
  return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : undefined
}

/** All digits of an integer that a double may not hold, 2^53 or more on either side of 0. */
export function bigDigits(operand: Operand): string | undefined {
  const text = operand.kind === 'number' ? operand.text : operand.kind === 'text' ? operand.raw.trim() : ''
  return /^[+-]?\d{16,400}$/.test(text) && Math.abs(Number(text)) >= 2 ** 53 ? text : undefined
}

/** Numbers and booleans as the text they are written with. */
export function asText(operand: Operand): Operand {
  if (operand.kind !== 'number' && operand.kind !== 'boolean') return operand
  return { kind: 'text', raw: operand.text, pattern: [operand.text] }
}
