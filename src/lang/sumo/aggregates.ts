/** The functions that make one value of the rows of a group. */
export const aggregateNames: readonly string[] = [
  'count',
  'count_distinct',
  'count_frequent',
  'sum',
  'avg',
  'min',
  'max',
  'pct',
  'pct_sampling',
  'percentile',
  'median',
  'stddev',
  'variance',
  'first',
  'last',
  'most_recent',
  'least_recent',
  'values',
  'range',
]

export function isAggregate(name: string): boolean {
  return aggregateNames.includes(name.toLowerCase())
}
