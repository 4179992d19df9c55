import type { Span } from '../../core/diagnostic.ts'

/** The name of a field as it is written, without the `%"…"` around an odd one; may hold `{{template}}` parameters. */
export interface Name {
  readonly name: string
  readonly at: Span
}

/** A text between quotes exactly as it is written, backslashes and `{{template}}` parameters included. */
export interface Text {
  readonly raw: string
  readonly at: Span
}

/** A query: what it searches, and what it does with the messages. A pipeline inside of another may lack a scope. */
export interface Pipeline {
  readonly scope?: Scope
  readonly stages: readonly Stage[]
  readonly at: Span
}

/** What stands before the first pipe. */
export type Scope =
  /** `*` or nothing: every message. */
  | { readonly kind: 'everything'; readonly at: Span }
  /** A word with wildcards; runs of quoted text in it, as in `"type":"user"`, are kept with their quotes. */
  | { readonly kind: 'keyword'; readonly raw: string; readonly at: Span }
  | { readonly kind: 'phrase'; readonly raw: string; readonly at: Span }
  /** `_sourceCategory=*windows*`; a quoted value has no wildcards. */
  | {
      readonly kind: 'metadata'
      readonly name: string
      readonly op: Comparison
      readonly raw: string
      readonly quoted: boolean
      readonly at: Span
    }
  | { readonly kind: 'template'; readonly name: string; readonly at: Span }
  | { readonly kind: 'subquery'; readonly pipeline: Pipeline; readonly at: Span }
  | { readonly kind: 'and' | 'or'; readonly of: readonly Scope[]; readonly at: Span }
  | { readonly kind: 'not'; readonly of: Scope; readonly at: Span }

export type Comparison = '=' | '!=' | '<' | '<=' | '>' | '>='
export type Arithmetic = '+' | '-' | '*' | '/' | '%'

/** What is computed from the fields of one row. */
export type Expr =
  | { readonly kind: 'field'; readonly name: string; readonly at: Span }
  | { readonly kind: 'text'; readonly raw: string; readonly at: Span }
  /** `written` keeps its suffix: `2k`, `1Ki`, `15m`. A time is in ms. */
  | { readonly kind: 'number'; readonly value: number; readonly written: string; readonly at: Span }
  | { readonly kind: 'boolean'; readonly value: boolean; readonly at: Span }
  | { readonly kind: 'null'; readonly at: Span }
  /** `{{name}}`, not between quotes. */
  | { readonly kind: 'template'; readonly name: string; readonly at: Span }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Expr[]; readonly at: Span }
  /** `/…/`, of `matches` and `replace`. */
  | { readonly kind: 'regex'; readonly source: string; readonly at: Span }
  | { readonly kind: 'not' | 'minus'; readonly of: Expr; readonly at: Span }
  | { readonly kind: 'and' | 'or'; readonly left: Expr; readonly right: Expr; readonly at: Span }
  | {
      readonly kind: 'compare'
      readonly op: Comparison
      readonly left: Expr
      readonly right: Expr
      readonly at: Span
    }
  | {
      readonly kind: 'arithmetic'
      readonly op: Arithmetic
      readonly left: Expr
      readonly right: Expr
      readonly at: Span
    }
  | {
      readonly kind: 'matches'
      readonly of: Expr
      readonly pattern: Expr
      readonly negated: boolean
      readonly at: Span
    }
  | {
      readonly kind: 'in'
      readonly of: Expr
      readonly list: readonly Expr[]
      readonly negated: boolean
      readonly at: Span
    }
  /** `f {{condition}}`: a comparison that a parameter holds. */
  | { readonly kind: 'tested'; readonly of: Expr; readonly name: string; readonly at: Span }
  /** `if(test, then, otherwise)` and `test ? then : otherwise`. */
  | {
      readonly kind: 'if'
      readonly test: Expr
      readonly then: Expr
      readonly otherwise: Expr
      readonly at: Span
    }
  | { readonly kind: 'subquery'; readonly pipeline: Pipeline; readonly at: Span }
  /** What could not be read; a problem tells why. */
  | { readonly kind: 'unknown'; readonly at: Span }

/** Something extracted under a name. */
export interface Extracted {
  readonly path: Text
  readonly as?: Name
}

/** Something at a place from 1, extracted under a name. */
export interface Numbered {
  readonly place: number
  readonly as: Name
}

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

/** A step of a comparison: `timeshift -1d 3 as before`. */
export interface Timeshift {
  readonly by: Text
  readonly times?: number
  readonly aggregate?: string
  readonly as?: Name
}

/** A window function such as `smooth f, 10 as g by a`. */
export interface Windowed {
  readonly of: Expr
  readonly count?: number
  readonly as?: Name
  readonly by: readonly Name[]
}

/** What `csv` and `split` take from a separated text. */
export interface Separated {
  readonly field: Name
  readonly settings: readonly Setting[]
  readonly items: readonly Numbered[]
  readonly nodrop: boolean
}

/** How `merge` and `transactionize` put the values of one field together. */
export interface Merged {
  readonly field: Name
  readonly how?: 'takeFirst' | 'takeLast' | 'takeDistinct' | 'count' | 'sum' | 'min' | 'max' | 'avg'
  readonly joinWith?: Text
}

/** A setting such as `window=5`, as it is written. */
export interface Setting {
  readonly key: string
  readonly value: Text
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
  readonly topk: { readonly count: Expr; readonly of: Expr; readonly by: readonly Name[] }
  readonly fields: { readonly drop: boolean; readonly names: readonly Name[] }
  readonly transpose: {
    readonly rows: readonly Name[]
    readonly columns: readonly Name[]
    /** The columns that there shall be; without it, and for `as *`, those that the data has. */
    readonly as?: readonly Name[]
  }
  readonly lookup: {
    /** Empty for `*`. */
    readonly columns: readonly { readonly name: Name; readonly as?: Name }[]
    readonly from: Text
    /** A field and a column of the table, in any order. */
    readonly on: readonly { readonly left: Expr; readonly right: Expr }[]
  }
  readonly geoip: { readonly field: Name }
  readonly join: { readonly tables: readonly Joined[]; readonly on: Expr; readonly within?: Text }
  readonly fillmissing: {
    /** Empty: the step of the `timeslice` before. */
    readonly timeslice?: Text
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
  readonly transactionize: { readonly by: readonly Name[]; readonly merge: readonly Merged[] }
  readonly transaction: {
    readonly on: readonly Name[]
    readonly fringe?: Text
    readonly states: readonly { readonly pattern: Text; readonly as?: Name }[]
    readonly stateField?: Name
    readonly result: 'transactions' | 'states' | 'flow'
  }
  readonly sessionize: {
    readonly anchors: readonly { readonly pattern: Text; readonly as: readonly Name[] }[]
  }
  /** Ends a subquery: the values that it gives to the query around it. */
  readonly compose: { readonly fields: readonly Name[]; readonly keywords: boolean }
  readonly filter: { readonly field: Name; readonly pipeline: Pipeline }
  readonly save: { readonly path: Text; readonly append: boolean }
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
