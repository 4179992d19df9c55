import type { Span } from '../../core/diagnostic.ts'
import type { ExprOver } from './syntax-expression.ts'
import type {
  Extracted,
  Merged,
  Name,
  Separated,
  SessionAnchor,
  Setting,
  Text,
  Timeshift,
  TransactionState,
} from './syntax-parts.ts'
import type { ScopeOver } from './syntax-scope.ts'

/** A query: what it searches, and what it does with the messages. A pipeline inside of another may lack a scope. */
export interface Pipeline {
  readonly scope?: Scope
  readonly stages: readonly Stage[]
  /** Of a subquery: the times between which its messages are, as they are written. */
  readonly range?: { readonly from?: string; readonly to?: string }
  readonly at: Span
}

export type Scope = ScopeOver<Pipeline>
export type Expr = ExprOver<Pipeline>

export interface AggregateCall {
  readonly fn: string
  readonly args: readonly Expr[]
  readonly as?: Name
}

export interface SortKey {
  readonly by: Expr
  readonly descending: boolean
}

/** One of the pipelines that `join` joins. */
export interface Joined {
  readonly pipeline: Pipeline
  readonly as: Name
}

/** A window function such as `smooth f, 10 as g by a`. */
export interface Windowed {
  readonly of: Expr
  readonly count?: number
  readonly as?: Name
  readonly by: readonly Name[]
}

/** `sum(x) for opened as n`. */
export interface Shown {
  readonly call: AggregateCall
  readonly of?: Name
}

/** What each kind of stage says. Each kind has a file of its name in `operators/`. */
export interface Stages {
  readonly where: { readonly test: Expr }
  readonly parse: {
    readonly field?: Name
    readonly items: readonly { readonly pattern: Text; readonly as: readonly Name[] }[]
    readonly nodrop: boolean
  }
  readonly 'parse regex': {
    readonly field?: Name
    readonly pattern: Text
    /** Further patterns, one behind the other. */
    readonly more: readonly Text[]
    readonly nodrop: boolean
    readonly multi: boolean
    /** The quotes inside of the pattern were not escaped. */
    readonly loose: boolean
  }
  readonly 'parse xml': {
    readonly field?: Name
    readonly items: readonly Extracted[]
    readonly nodrop: boolean
  }
  readonly json: { readonly field?: Name; readonly items: readonly Extracted[]; readonly nodrop: boolean }
  readonly 'json auto': {
    readonly field?: Name
    readonly maxdepth?: number
    readonly keys: readonly Extracted[]
    readonly flags: readonly string[]
    readonly nodrop: boolean
  }
  readonly csv: Separated
  readonly split: Separated
  readonly keyvalue: {
    readonly field?: Name
    readonly how: 'infer' | 'regex' | 'auto'
    readonly pattern?: Text
    readonly settings: readonly Setting[]
    readonly items: readonly Extracted[]
    readonly refonly: boolean
    readonly nodrop: boolean
  }
  /** Without `as` a call changes its only field. */
  readonly expression: { readonly value: Expr; readonly as?: Name }
  readonly aggregate: { readonly calls: readonly AggregateCall[]; readonly by: readonly Expr[] }
  readonly timeslice: {
    readonly step?: Text
    readonly buckets?: number
    readonly of?: Name
    readonly as?: Name
  }
  readonly bin: { readonly of: Name; readonly settings: readonly Setting[] }
  readonly sort: { readonly keys: readonly SortKey[] }
  readonly limit: { readonly count: Expr }
  readonly top: { readonly count: Expr; readonly fields: readonly Name[]; readonly by: readonly SortKey[] }
  readonly topk: { readonly count: Expr; readonly of: readonly Expr[]; readonly by: readonly Name[] }
  readonly fields: { readonly drop: boolean; readonly names: readonly Name[] }
  readonly transpose: {
    readonly rows: readonly Name[]
    readonly columns: readonly Name[]
    /** The columns that there shall be; without it, and for `as *`, those that the data has. */
    readonly as?: readonly Name[]
    /** Those of the data come behind them. */
    readonly others?: boolean
  }
  readonly lookup: {
    /** Empty for `*`. */
    readonly columns: readonly { readonly name: Name; readonly as?: Name }[]
    readonly from: Text
    /** A field and a column of the table, in any order. */
    readonly on: readonly { readonly left: Expr; readonly right: Expr }[]
  }
  readonly geoip: { readonly field: Name; readonly more: readonly Name[] }
  readonly join: { readonly tables: readonly Joined[]; readonly on: Expr; readonly within?: Text }
  readonly fillmissing: {
    /** Empty: the step of the `timeslice` before. */
    readonly timeslice?: Text
    /** The field that holds the slices, if it is not that of the `timeslice` before. */
    readonly slices?: Name
    readonly values: readonly { readonly field: Name; readonly listed: readonly Text[] | 'all' }[]
    readonly with: readonly { readonly field: Name; readonly value: Text }[]
    readonly takeLast: boolean
  }
  readonly outlier: { readonly of: Name; readonly settings: readonly Setting[]; readonly by: readonly Name[] }
  readonly smooth: Windowed
  readonly rollingstd: Windowed
  readonly backshift: Windowed
  readonly diff: Windowed
  readonly accum: Windowed
  readonly total: Windowed
  readonly compare: { readonly shifts: readonly Timeshift[] }
  readonly withtime: { readonly of: Name }
  readonly dedup: { readonly count: number; readonly consecutive: boolean; readonly by: readonly Name[] }
  readonly merge: { readonly fields: readonly Merged[] }
  readonly transactionize: {
    readonly by: readonly Name[]
    readonly as?: Name
    readonly settings: readonly Setting[]
    /** Settings behind which stands `;strict`. */
    readonly strict: readonly string[]
    readonly merge: readonly Merged[]
    /** Each group becomes one row. */
    readonly merges: boolean
  }
  readonly transaction: {
    readonly on: readonly Name[]
    readonly fringe?: Text
    readonly states: readonly TransactionState[]
    readonly result: 'transactions' | 'states' | 'flow'
    /** Further values of a transaction, perhaps only of its messages in one state. */
    readonly showing: readonly Shown[]
  }
  readonly sessionize: { readonly anchors: readonly SessionAnchor[] }
  /** Ends a subquery: the values that it gives to the query around it. */
  readonly compose: {
    readonly fields: readonly Name[]
    readonly keywords: boolean
    readonly settings: readonly Setting[]
  }
  readonly filter: { readonly fields: readonly Name[]; readonly pipeline: Pipeline }
  readonly save: { readonly path: Text; readonly append: boolean }
  readonly predict: { readonly of: Name; readonly step: Text; readonly settings: readonly Setting[] }
  readonly logreduce: {
    readonly of?: Name
    readonly by: readonly Name[]
    readonly settings: readonly Setting[]
  }
  readonly 'logreduce values': { readonly fields: readonly Name[] }
  /** How much earlier, and what is searched then if it is not the same. */
  readonly logcompare: { readonly by: Text; readonly baseline?: Pipeline }
  readonly threat: {
    readonly how: 'threatip' | 'threatlookup'
    /** At most one answer for each row. */
    readonly single: boolean
    readonly settings: readonly Setting[]
    readonly fields: readonly Name[]
  }
  /** `+` forward in time, `-` backward, nothing for both. */
  readonly trace: { readonly direction: string; readonly pattern: Text; readonly start: Text }
  /** Stands where a scope would. */
  readonly cat: { readonly from: Text }
  /** An operator that is known and not run; its text is kept. */
  readonly unsupported: { readonly name: string; readonly text: string }
  /** Nothing between two pipes. */
  readonly nothing: object
  /** What is no operator, or could not be read; a problem tells why. */
  readonly unknown: { readonly text: string }
}

export type StageKind = keyof Stages

/** One stage of a pipeline. */
export type Stage<Kind extends StageKind = StageKind> = {
  readonly [Each in Kind]: { readonly op: Each; readonly at: Span } & Stages[Each]
}[Kind]
