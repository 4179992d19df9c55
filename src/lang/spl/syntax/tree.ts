import type { Span } from '../../../core/diagnostic.ts'
import type { Expression } from './expression.ts'

/** A search as a tree: what is written, without its spaces. Every node knows its place. */
export interface Search {
  readonly stages: readonly Stage[]
  readonly at: Span
}

/** One command with its arguments. */
export type Stage = Stages[StageKind]
export type StageKind = keyof Stages

/** The name of a field, or of several if it holds `*`. */
export interface Name {
  readonly name: string
  readonly at: Span
}

/** `name=value`; the name in lower case, the value without its quotes. */
export interface Option {
  readonly name: string
  readonly value: string
  readonly at: Span
}

/** A condition of `search`: terms that stand beside each other are joined by `and`. */
export type Term =
  | { readonly kind: 'and' | 'or'; readonly of: readonly Term[] }
  | { readonly kind: 'not'; readonly of: Term }
  | {
      readonly kind: 'compare'
      readonly field: Name
      readonly op: TermOperator
      readonly value: string
      readonly at: Span
    }
  | { readonly kind: 'in'; readonly field: Name; readonly values: readonly string[]; readonly at: Span }
  /** A word or a phrase in the event's text; `term` and `case` are `TERM(…)` and `CASE(…)`. */
  | {
      readonly kind: 'word'
      readonly text: string
      readonly how: 'bare' | 'quoted' | 'term' | 'case'
      readonly at: Span
    }
  | { readonly kind: 'subsearch'; readonly search: Search; readonly at: Span }

export type TermOperator = '=' | '!=' | '<' | '<=' | '>' | '>='

/** `values(x) as y` */
export interface Aggregation {
  /** In lower case, such as `count` or `perc95`. */
  readonly fn: string
  /** As it is written, which names the column if there is no `as`. */
  readonly text: string
  readonly argument?: Name | { readonly expression: Expression }
  readonly as?: Name
  readonly at: Span
}

export interface SortField {
  readonly field: Name
  readonly descending: boolean
  readonly how: 'auto' | 'ip' | 'num' | 'str'
}

export interface Renaming {
  readonly from: Name
  readonly to: Name
}

/** How a transaction begins or ends. */
export type Boundary = { readonly term: Term } | { readonly expression: Expression }

interface Node<Kind extends string> {
  readonly kind: Kind
  readonly at: Span
}

interface WithOptions<Kind extends string> extends Node<Kind> {
  readonly options: readonly Option[]
}

export interface Grouping<Kind extends string> extends WithOptions<Kind> {
  readonly aggregations: readonly Aggregation[]
  readonly by: readonly Name[]
}

interface WithFields<Kind extends string> extends WithOptions<Kind> {
  readonly fields: readonly Name[]
}

interface WithSearch<Kind extends string> extends WithOptions<Kind> {
  readonly search: Search
}

interface Ranking<Kind extends string> extends WithFields<Kind> {
  readonly limit?: number
  readonly by: readonly Name[]
}

/** Each command's own node; aliases share one. */
export interface Stages {
  readonly search: Node<'search'> & { readonly term?: Term }
  readonly where: Node<'where'> & { readonly condition: Expression }
  readonly eval: Node<'eval'> & {
    readonly assignments: readonly { readonly field: Name; readonly value: Expression }[]
  }
  readonly stats: Grouping<'stats'>
  readonly eventstats: Grouping<'eventstats'>
  readonly streamstats: Grouping<'streamstats'> & {
    readonly resetBefore?: Expression
    readonly resetAfter?: Expression
  }
  readonly tstats: Grouping<'tstats'> & { readonly model?: Name; readonly where?: Term }
  readonly mstats: Grouping<'mstats'> & { readonly where?: Term }
  readonly chart: Grouping<'chart'> & { readonly where?: string }
  readonly timechart: Grouping<'timechart'> & { readonly where?: string }
  readonly table: WithFields<'table'>
  readonly fields: WithFields<'fields'> & { readonly remove: boolean }
  readonly rename: Node<'rename'> & { readonly pairs: readonly Renaming[] }
  readonly fillnull: WithFields<'fillnull'>
  readonly filldown: WithFields<'filldown'>
  readonly bin: WithOptions<'bin'> & { readonly field: Name; readonly as?: Name }
  readonly dedup: WithFields<'dedup'> & {
    readonly count: number
    readonly sortBy: readonly SortField[]
  }
  readonly sort: Node<'sort'> & {
    readonly limit?: number
    readonly keys: readonly SortField[]
    readonly flipped: boolean
  }
  readonly head: WithOptions<'head'> & { readonly limit?: number; readonly while?: Expression }
  readonly tail: Node<'tail'> & { readonly limit: number }
  readonly reverse: Node<'reverse'>
  readonly rex: WithOptions<'rex'> & { readonly pattern: string }
  readonly regex: Node<'regex'> & {
    readonly field?: Name
    readonly negated: boolean
    readonly pattern: string
  }
  readonly spath: WithOptions<'spath'>
  readonly lookup: WithOptions<'lookup'> & {
    readonly table: Name
    readonly keys: readonly LookupField[]
    readonly how: 'OUTPUT' | 'OUTPUTNEW'
    /** Nothing: every other column. */
    readonly outputs: readonly LookupField[]
  }
  readonly inputlookup: WithOptions<'inputlookup'> & { readonly table: Name; readonly where?: Term }
  readonly outputlookup: WithOptions<'outputlookup'> & { readonly table: Name }
  readonly mvexpand: WithOptions<'mvexpand'> & { readonly field: Name }
  readonly makemv: WithOptions<'makemv'> & { readonly field: Name }
  readonly mvcombine: WithOptions<'mvcombine'> & { readonly field: Name }
  readonly nomv: Node<'nomv'> & { readonly field: Name }
  readonly convert: WithOptions<'convert'> & {
    readonly conversions: readonly { readonly fn: string; readonly field: Name; readonly as?: Name }[]
  }
  readonly top: Ranking<'top'>
  readonly rare: Ranking<'rare'>
  readonly join: WithFields<'join'> & WithSearch<'join'>
  readonly append: WithSearch<'append'>
  readonly appendcols: WithSearch<'appendcols'>
  readonly appendpipe: WithSearch<'appendpipe'>
  readonly union: WithOptions<'union'> & { readonly searches: readonly Search[] }
  readonly multisearch: WithOptions<'multisearch'> & { readonly searches: readonly Search[] }
  /** The template is text: `<<FIELD>>` and its like are put in before it is read. */
  readonly foreach: WithFields<'foreach'> & { readonly template: string; readonly templateAt: Span }
  readonly transaction: WithFields<'transaction'> & {
    readonly startsWith?: Boundary
    readonly endsWith?: Boundary
  }
  readonly iplocation: WithOptions<'iplocation'> & { readonly field: Name }
  readonly fromjson: WithOptions<'fromjson'> & { readonly field: Name }
  readonly anomalydetection: WithFields<'anomalydetection'>
  readonly multikv: WithOptions<'multikv'> & { readonly lists: readonly WordList[] }
  readonly extract: WithFields<'extract'>
  readonly xmlkv: WithFields<'xmlkv'>
  readonly replace: WithFields<'replace'> & {
    readonly pairs: readonly { readonly from: string; readonly to: string }[]
  }
  readonly addtotals: WithFields<'addtotals'>
  readonly addcoltotals: WithFields<'addcoltotals'>
  readonly makeresults: WithOptions<'makeresults'>
  readonly transpose: WithOptions<'transpose'> & { readonly limit?: number }
  readonly untable: WithFields<'untable'>
  readonly xyseries: WithFields<'xyseries'>
  readonly return: Node<'return'> & {
    readonly count: number
    readonly fields: readonly { readonly alias?: string; readonly value: boolean; readonly field: Name }[]
  }
  readonly format: WithOptions<'format'>
  readonly accum: Node<'accum'> & Renamed
  readonly delta: WithOptions<'delta'> & Renamed
  readonly strcat: WithOptions<'strcat'> & {
    readonly parts: readonly ({ readonly text: string } | Name)[]
    readonly to: Name
  }
  readonly uniq: Node<'uniq'>
  /** A command that there is and that does not run here; the text is what stands behind its name. */
  readonly unsupported: Node<'unsupported'> & { readonly name: string; readonly text: string }
  /** What could not be read: no such command, or a mistake in it. */
  readonly unknown: Node<'unknown'> & { readonly name: string; readonly text: string }
}

export interface LookupField {
  /** The column of the table. */
  readonly column: Name
  /** The field of the events, which by default has the same name. */
  readonly field?: Name
}

/** `fields a b`, `filter x y` of multikv. */
export interface WordList {
  readonly name: string
  readonly words: readonly string[]
}

interface Renamed {
  readonly field: Name
  readonly as?: Name
}
