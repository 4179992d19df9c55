import type { ColumnType } from './column-type.ts'
import type { Network, Regex } from './expr.ts'
import type { FunctionName } from './functions.ts'
import type { Pattern } from './pattern.ts'

export interface Column {
  readonly name: string
  readonly type: ColumnType
}

export type Comparison = 'eq' | 'ne' | 'lt' | 'lte' | 'gt' | 'gte'

/**
 * `number`: both sides are numbers. `text`: both are texts, by code point. `auto`: two texts that both read as
 * numbers are compared as numbers, else as texts.
 */
export type CompareAs = 'number' | 'text' | 'auto'

/** A step into JSON text: a key, a member by its number from 0, or every member. */
export type JsonStep = { readonly key: string } | { readonly index: number } | 'all'

/**
 * A value computed from one row. Null is SQL's: it comes out of whatever it goes into, and a condition on it is
 * neither true nor false, until `known` makes it false.
 */
export type Scalar =
  | { readonly kind: 'column'; readonly name: string; readonly type: ColumnType }
  | { readonly kind: 'literal'; readonly value: string | number | boolean | null; readonly type: ColumnType }
  | {
      readonly kind: 'call'
      readonly fn: FunctionName
      readonly args: readonly Scalar[]
      readonly type: ColumnType
    }
  | {
      readonly kind: 'compare'
      readonly op: Comparison
      readonly as: CompareAs
      readonly caseless: boolean
      readonly left: Scalar
      readonly right: Scalar
      readonly type: 'boolean'
    }
  /** The whole text against a pattern. */
  | {
      readonly kind: 'like'
      readonly of: Scalar
      readonly pattern: Pattern
      readonly caseless: boolean
      readonly type: 'boolean'
    }
  /** Unanchored search of a text. */
  | { readonly kind: 'search'; readonly of: Scalar; readonly regex: Regex; readonly type: 'boolean' }
  /**
   * What group number `group` (0 = all of it) caught at the first match, null if nothing matched or the group
   * caught nothing; with `all`, of every match as a list.
   */
  | {
      readonly kind: 'capture'
      readonly of: Scalar
      readonly regex: Regex
      readonly group: number
      readonly all: boolean
      readonly type: 'text' | 'list'
    }
  /** Every match replaced; `\1` to `\9` stand for groups. */
  | {
      readonly kind: 'substitute'
      readonly of: Scalar
      readonly regex: Regex
      readonly by: string
      readonly all: boolean
      readonly type: 'text'
    }
  /**
   * What stands at a path of a JSON text, null if it is no JSON or nothing is there. Scalars come as their text
   * (null as the text `null`), containers as compact JSON. `list` gathers what `all` steps reach.
   */
  | {
      readonly kind: 'json'
      readonly of: Scalar
      readonly path: readonly JsonStep[]
      readonly type: 'text' | 'list'
    }
  /** A text that is an address inside the network; null if it is no address. */
  | { readonly kind: 'cidr'; readonly of: Scalar; readonly network: Network; readonly type: 'boolean' }
  | { readonly kind: 'null'; readonly of: Scalar; readonly type: 'boolean' }
  /** True if it is true; false if it is false or null. */
  | { readonly kind: 'known'; readonly of: Scalar; readonly type: 'boolean' }
  | { readonly kind: 'and' | 'or'; readonly of: readonly Scalar[]; readonly type: 'boolean' }
  | { readonly kind: 'not'; readonly of: Scalar; readonly type: 'boolean' }
  /** The first branch whose condition is true; null without one. */
  | {
      readonly kind: 'choose'
      readonly when: readonly { readonly if: Scalar; readonly then: Scalar }[]
      readonly otherwise?: Scalar
      readonly type: ColumnType
    }
  /** Over the members of a list, each of which is the text column `name` inside `body`. */
  | {
      readonly kind: 'each'
      readonly how: 'map' | 'filter' | 'any'
      readonly of: Scalar
      readonly name: string
      readonly body: Scalar
      readonly type: 'list' | 'boolean'
    }
