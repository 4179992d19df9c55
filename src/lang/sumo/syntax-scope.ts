import type { Span } from '../../core/diagnostic.ts'
import type { Comparison } from './syntax-expression.ts'

/** `_sourceCategory=*windows*`; a quoted value has no wildcards. */
export interface MetadataTest {
  readonly kind: 'metadata'
  readonly name: string
  readonly op: Comparison
  readonly raw: string
  readonly quoted: boolean
}

/** What stands before the first pipe; `Query` is a pipeline inside of it. */
export type ScopeOver<Query> =
  /** `*` or nothing: every message. */
  | { readonly kind: 'everything'; readonly at: Span }
  /** A word with wildcards; runs of quoted text in it, as in `"type":"user"`, are kept with their quotes. */
  | { readonly kind: 'keyword'; readonly raw: string; readonly at: Span }
  | { readonly kind: 'phrase'; readonly raw: string; readonly at: Span }
  | (MetadataTest & { readonly at: Span })
  | { readonly kind: 'template'; readonly name: string; readonly at: Span }
  | { readonly kind: 'subquery'; readonly pipeline: Query; readonly at: Span }
  | { readonly kind: 'and' | 'or'; readonly of: readonly ScopeOver<Query>[]; readonly at: Span }
  | { readonly kind: 'not'; readonly of: ScopeOver<Query>; readonly at: Span }
