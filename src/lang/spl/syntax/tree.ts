import type { Span } from '../../../core/diagnostic.ts'
import type { BinaryOperator } from './expression.ts'
import type { FieldsKind, OptionsKind } from './kinds.ts'
import type {
  Conversion,
  LookupField,
  Name,
  NamedRange,
  Option,
  Renamed,
  Renaming,
  Replacement,
  Returned,
  SeriesTest,
  SortField,
  Sorting,
  TermOperator,
  Trend,
  WordList,
} from './parts.ts'

export type * from './parts.ts'

/** A search as a tree: what is written, without its spaces. Every node knows its place. */
export interface Search {
  readonly stages: readonly Stage[]
  readonly at: Span
}

/** One command with its arguments. */
export type Stage = Stages[StageKind]
export type StageKind = keyof Stages

/** A condition of `search`: terms that stand beside each other are joined by `and`. */
export type Term =
  | { readonly kind: 'and' | 'or'; readonly of: readonly Term[] }
  | { readonly kind: 'not'; readonly of: Term }
  | Comparison<'compare', string>
  /** With what a function gives, such as `relative_time(now(), "-1h")`. */
  | Comparison<'computed', Expression>
  | { readonly kind: 'in'; readonly field: Name; readonly values: readonly string[]; readonly at: Span }
  /** A word or a phrase in the event's text; `term` and `case` are `TERM(…)` and `CASE(…)`. */
  | {
      readonly kind: 'word'
      readonly text: string
      readonly how: 'bare' | 'quoted' | 'term' | 'case'
      readonly at: Span
    }
  | { readonly kind: 'subsearch'; readonly search: Search; readonly at: Span }

interface Comparison<Kind extends string, Value> extends Node<Kind> {
  readonly field: Name
  readonly op: TermOperator
  readonly value: Value
}

/** An expression of `eval` and `where`, as written. */
export type Expression =
  | { readonly kind: 'number'; readonly text: string; readonly at: Span }
  | { readonly kind: 'string'; readonly value: string; readonly at: Span }
  | { readonly kind: 'field'; readonly name: string; readonly quoted: boolean; readonly at: Span }
  /** The name in lower case. */
  | {
      readonly kind: 'call'
      readonly name: string
      readonly args: readonly Expression[]
      readonly at: Span
    }
  | { readonly kind: 'sign'; readonly op: '-' | '+'; readonly of: Expression; readonly at: Span }
  | { readonly kind: 'not'; readonly of: Expression; readonly at: Span }
  | {
      readonly kind: 'binary'
      readonly op: BinaryOperator
      readonly left: Expression
      readonly right: Expression
      readonly at: Span
    }
  | {
      readonly kind: 'in'
      readonly of: Expression
      readonly values: readonly Expression[]
      readonly at: Span
    }
  /** A search in brackets: the text is what stands between them. */
  | { readonly kind: 'subsearch'; readonly search: Search; readonly text: string; readonly at: Span }

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

type FieldStages = { readonly [Kind in FieldsKind]: WithFields<Kind> }
type OptionStages = { readonly [Kind in OptionsKind]: WithOptions<Kind> }

/** Each command's own node; aliases share one. */
export interface Stages extends FieldStages, OptionStages {
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
  readonly chart: Grouping<'chart'> & {
    /** Options behind the second field, which makes the columns. */
    readonly columns: readonly Option[]
    readonly where?: SeriesTest
  }
  readonly timechart: Grouping<'timechart'> & { readonly where?: SeriesTest }
  readonly fields: WithFields<'fields'> & { readonly remove: boolean }
  readonly rename: Node<'rename'> & { readonly pairs: readonly Renaming[] }
  readonly bin: WithOptions<'bin'> & { readonly field: Name; readonly as?: Name }
  readonly dedup: WithFields<'dedup'> & { readonly count: number; readonly sortBy: readonly SortField[] }
  readonly sort: Node<'sort'> & Sorting
  readonly head: WithOptions<'head'> & { readonly limit?: number; readonly while?: Expression }
  readonly tail: Node<'tail'> & { readonly limit: number }
  readonly reverse: Node<'reverse'>
  readonly rex: WithOptions<'rex'> & { readonly pattern: string }
  readonly regex: Node<'regex'> & {
    readonly field?: Name
    readonly negated: boolean
    readonly pattern: string
  }
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
  readonly convert: WithOptions<'convert'> & { readonly conversions: readonly Conversion[] }
  readonly top: Ranking<'top'>
  readonly rare: Ranking<'rare'>
  /** With names for both sides, fields have these before theirs, and pairs of fields are what agrees. */
  readonly join: WithFields<'join'> &
    WithSearch<'join'> & { readonly pairs: readonly { readonly left: Name; readonly right: Name }[] }
  readonly require: Node<'require'>
  readonly timewrap: WithOptions<'timewrap'> & { readonly span: string }
  readonly xpath: WithOptions<'xpath'> & { readonly path: string }
  readonly append: WithSearch<'append'>
  readonly appendcols: WithSearch<'appendcols'>
  readonly appendpipe: WithSearch<'appendpipe'>
  readonly multireport: WithOptions<'multireport'> & { readonly searches: readonly Search[] }
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
  readonly multikv: WithOptions<'multikv'> & { readonly lists: readonly WordList[] }
  readonly replace: WithFields<'replace'> & { readonly pairs: readonly Replacement[] }
  readonly transpose: WithOptions<'transpose'> & { readonly limit?: number }
  readonly return: Node<'return'> & { readonly count: number; readonly fields: readonly Returned[] }
  /** Six texts or none: before all, before a row, between fields, behind a row, between rows, behind all. */
  readonly format: WithOptions<'format'> & { readonly marks: readonly string[] }
  readonly accum: Node<'accum'> & Renamed
  readonly delta: WithOptions<'delta'> & Renamed
  readonly strcat: WithOptions<'strcat'> & {
    readonly parts: readonly ({ readonly text: string } | Name)[]
    readonly to: Name
  }
  readonly uniq: Node<'uniq'>
  readonly addinfo: Node<'addinfo'>
  /** The option `p` is a number of rows, or two with a hyphen between. */
  readonly autoregress: WithOptions<'autoregress'> & Renamed
  readonly trendline: Node<'trendline'> & { readonly trends: readonly Trend[] }
  readonly makecontinuous: WithOptions<'makecontinuous'> & { readonly field: Name }
  readonly rangemap: WithOptions<'rangemap'> & {
    readonly field: Name
    readonly ranges: readonly NamedRange[]
  }
  readonly setfields: Node<'setfields'> & {
    readonly pairs: readonly { readonly field: Name; readonly value: string }[]
  }
  readonly fieldformat: Node<'fieldformat'> & { readonly field: Name; readonly value: Expression }
  /** The template is text: `$field$` is put in for each row before it is read. */
  readonly map: WithOptions<'map'> & { readonly template: string; readonly templateAt: Span }
  readonly set: Node<'set'> & {
    readonly how: 'union' | 'diff' | 'intersect'
    readonly searches: readonly Search[]
  }
  readonly datamodel: WithOptions<'datamodel'> & {
    readonly model: Name
    readonly object: Name
    readonly mode: 'search' | 'flat'
  }
  readonly from: Node<'from'> & { readonly of: 'datamodel' | 'lookup'; readonly name: Name }
  /** A command that there is and that does not run here; the text is what stands behind its name. */
  readonly unsupported: Node<'unsupported'> & { readonly name: string; readonly text: string }
  /** A command that leaves the rows as they are here. */
  readonly ignored: Node<'ignored'> & { readonly name: string; readonly text: string }
  /** What could not be read: no such command, or a mistake in it. */
  readonly unknown: Node<'unknown'> & { readonly name: string; readonly text: string }
}
