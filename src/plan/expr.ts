import type { Span } from '../core/diagnostic.ts'
import type { Pattern } from './pattern.ts'

/**
 * A value taken from an event.
 *
 * `path` is the name split at its dots. It is read with the literal key first: the longest prefix that is a
 * key of the object, then the rest. A path that crosses or ends in an array stands for every member.
 */
export interface Field {
  readonly kind: 'field'
  readonly name: string
  readonly path: readonly string[]
  readonly at?: Span
}

/** How numbers and parts of times are compared. */
export type Order = 'lt' | 'lte' | 'gt' | 'gte' | 'eq'

/** A part of a time as it is written in the event, without conversion of its zone. */
export type TimePart = 'minute' | 'hour' | 'day' | 'week' | 'month' | 'year'

/** An RE2 pattern, checked when the rule was loaded. */
export interface Regex {
  readonly source: string
  readonly caseless: boolean
  readonly multiline: boolean
  readonly dotall: boolean
}

/** A network: the first address and the prefix length in bits, of version 4 or 6. */
export interface Network {
  readonly text: string
}

/**
 * A condition on one event, always true or false. A test on a field that is missing is false, and `not` of it
 * is true. A test on a field holds if any of its values holds (see `Field`).
 */
export type Expr =
  /** The text of a value against a pattern; containers stand for their compact JSON text too. */
  | { readonly kind: 'match'; readonly of: Field; readonly pattern: Pattern; readonly caseless: boolean }
  /** Unanchored search. */
  | { readonly kind: 'regex'; readonly of: Field; readonly regex: Regex }
  /** A JSON number equal to it, or a text that reads the same. */
  | { readonly kind: 'number'; readonly of: Field; readonly value: number; readonly text: string }
  /** A JSON boolean, or a text that says the same in any case. */
  | { readonly kind: 'boolean'; readonly of: Field; readonly value: boolean }
  /** The field is missing, or its value is a JSON null. */
  | { readonly kind: 'null'; readonly of: Field }
  /** The key is there, whatever its value. */
  | { readonly kind: 'exists'; readonly of: Field }
  /** A JSON number, a numeric text, or a part of a time. */
  | {
      readonly kind: 'compare'
      readonly of: Field
      readonly order: Order
      readonly value: number
      /** All digits of an integer of 2^53 or more on either side of 0: integers in texts are compared with it digit by digit. */
      readonly digits?: string
      readonly part?: TimePart
    }
  /** A value that is an IP address inside the network. */
  | { readonly kind: 'cidr'; readonly of: Field; readonly network: Network }
  /** Two fields of one event; false if either is missing. */
  | {
      readonly kind: 'same'
      readonly of: Field
      readonly other: Field
      readonly how: SameHow
      readonly caseless: boolean
    }
  /** A pattern, or a search in its stead, against every scalar value in the event, not its keys. */
  | {
      readonly kind: 'keyword'
      readonly pattern: Pattern
      readonly caseless: boolean
      readonly regex?: Regex
    }
  | { readonly kind: 'constant'; readonly value: boolean }
  | {
      readonly kind: 'and'
      readonly of: readonly Expr[]
      readonly label?: string
      /** The first part asks for a value of theirs, the second whether they hold at the time of the event. */
      readonly approvals?: readonly ApprovalPlace[]
    }
  | { readonly kind: 'or'; readonly of: readonly Expr[]; readonly label?: string }
  | { readonly kind: 'not'; readonly of: Expr }

/** An entry of a table of approvals, by its place among the rows of the table, from 0. */
export interface ApprovalPlace {
  readonly table: string
  readonly row: number
}

export type SameHow = 'equals' | 'startswith' | 'endswith' | 'contains'

/** The tests that look at one event directly: everything but `and`, `or` and `not`. */
export type Leaf = Exclude<Expr, { readonly kind: 'and' | 'or' | 'not' }>

/** A field by its dotted name. */
export function field(name: string, at?: Span): Field {
  return { kind: 'field', name, path: name.split('.'), ...(at === undefined ? {} : { at }) }
}
