import type { Diagnostic } from '../core/diagnostic.ts'
import type { Expr } from './expr.ts'
import type { NeededWords } from './needed-words.ts'
import type { Pipeline } from './pipeline.ts'
import type { Cell, Relation } from './relation.ts'
import type { Column } from './scalar.ts'

/**
 * A question that a language must put to the data before it can go on, since the columns of what follows depend
 * on the answer: the values of a pivot, the keys of a JSON text, the rows of a subsearch.
 */
export interface Ask {
  /** At most so many rows of it. */
  readonly relation: Relation
  readonly limit: number
  /** What it is for, in the words of the language: `values of host for chart`. */
  readonly why: string
}

export interface Answer {
  readonly rows: readonly { readonly [column: string]: Cell }[]
  /** There were more rows than asked for. */
  readonly more: boolean
}

/** Turns a syntax tree into a plan, asking where it must. Run by `detect/query.ts`; `yield*` passes it on. */
export type Lowering<T> = Generator<Ask, T, Answer>

/** A lookup or a context table as a search sees it. */
export interface LookupTable {
  readonly name: string
  readonly columns: readonly Column[]
  readonly relation: Relation
  /** Its rows where they are given as they are, and none is met by an event; absent: all. */
  readonly listed?: Relation
  /** Columns whose values are patterns, networks or (`place`) either; the others are compared as texts. */
  readonly match: { readonly [column: string]: 'wildcard' | 'cidr' | 'place' }
  /** Its rows hold for a time only, by hidden columns: an event meets those that held at its time. */
  readonly expires?: boolean
  readonly caseSensitive: boolean
  readonly maxMatches: number
  readonly minMatches: number
  readonly defaultMatch?: string
  /** Told which of its rows a search meets; of nothing if that cannot be told. */
  met?(rows?: readonly MetRow[]): void
}

/** By their hidden numbers: a row of a table, and the event that meets it, if what meets it is one. */
export interface MetRow {
  readonly place: number
  readonly event?: number
  /** Whether the row of the table holds then. */
  readonly holds: boolean
}

/** Where an address is, as far as the user's data says. */
export interface GeoFacts {
  readonly city?: string
  readonly country?: string
  /** ISO 3166 code of two letters. */
  readonly countryCode?: string
  /** A state, a province or the like. */
  readonly region?: string
  readonly continent?: string
  readonly postalCode?: string
  readonly metroCode?: string
  /** `Europe/Berlin`. */
  readonly timeZone?: string
  readonly latitude?: number
  readonly longitude?: number
  readonly asn?: number
  readonly organization?: string
}

/** Everything that a search can reach outside its own text. */
export interface Environment {
  /** Seconds since 1970 UTC: what `now()` is, the end of the window. */
  readonly now: number
  /** Where the window of the search begins, if it has a beginning. */
  readonly earliest?: number
  /** The given input: its columns, `_time` (number) and `_raw` among them, hidden ones too. */
  readonly events: Pipeline
  lookup(name: string): LookupTable | undefined
  readonly lookupNames: readonly string[]
  /** Takes note of a problem that does not end the search. */
  note(problem: Diagnostic): void
  /** A table that the search writes, for its later stages and the caller. */
  write(name: string, rows: Pipeline, append: boolean): void
  /** A wanted field that no event has: noted once, and null. */
  unknownField(name: string, at?: Diagnostic['at']): void
  /** What is known of an address, if the user gave data; undefined if nothing is. */
  geo?(address: string): GeoFacts | undefined
  /** The SHA-512 digest of a text in UTF-8, as 128 hexadecimal digits. */
  sha512(text: string): string
  readonly strict: boolean
}

/** What a search reads of the events, before it is lowered; more than it needs does no harm. */
export interface FieldWish {
  readonly names: ReadonlySet<string>
  /** Names, in lower case, that it gives to values of its own: what other products call so is not looked for. */
  readonly own?: ReadonlySet<string>
  /** Every field: it ends without a list of fields, or uses wildcards that only the data can resolve. */
  readonly all: boolean
}

/** Seconds since 1970 UTC: `earliest` is in it, `latest` is not. */
export interface TimeBounds {
  readonly earliest?: number
  readonly latest?: number
}

/** A search that was read and understood, before it meets any data. */
export interface Search {
  readonly wish: FieldWish
  /** What its own text says of its time, at that `now()`; absent if it says nothing. */
  bounds?(now: number): TimeBounds
  /**
   * When the events begin that it looks at if its window begins at `earliest`, in seconds since 1970 UTC: before that, as
   * it compares with an earlier time. Absent if all that it looks at is in its window; else it keeps to that by itself.
   */
  reachesTo?(earliest: number, now: number): number
  /**
   * A condition that holds for every event that the first stage lets through, over native fields as Sigma reads
   * them; it may hold for others. Lets the scan leave out what cannot matter.
   */
  readonly prefilter?: Expr
  /** What the text of every event holds that the first stage lets through. */
  readonly words?: NeededWords
  /** Throws `Refusal` if it cannot be run on this input. */
  lower(environment: Environment): Lowering<Pipeline>
}

/** A search that cannot be run; its place and reason. */
export class Refusal extends Error {
  readonly problem: Diagnostic

  constructor(problem: Diagnostic) {
    super(problem.message)
    this.problem = problem
  }
}
