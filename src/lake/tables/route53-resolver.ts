import { columns, type LakeTable } from './table.ts'

/** Queries to Route 53's resolver. */
export const route53ResolverTable: LakeTable = {
  source: 'route53-resolver',
  promoted: columns('query_name', 'query_type', 'rcode', 'srcaddr', 'vpc_id', 'query_timestamp'),
  parts: [],
}
