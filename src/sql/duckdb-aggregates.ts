import type { PrintedAggregate } from './dialect.ts'
import { join, numeral, type Sql, sql } from './sql.ts'

/** An aggregate in DuckDB's SQL. Counts are doubles, as all numbers are. */
export function aggregate(wanted: PrintedAggregate): Sql {
  const { fn, of = sql`NULL`, ofType, order, fraction } = wanted
  const many = ofType === 'list'
  const call = (text: Sql, ...conditions: readonly Sql[]): Sql => called(wanted, text, conditions)
  const members = sql`flatten(${call(sql`list(${of})`, sql`${of} IS NOT NULL`)})`
  switch (fn) {
    case 'count_rows':
      return sql`CAST(${call(sql`count(*)`)} AS DOUBLE)`
    case 'count':
      return many
        ? sql`CAST(coalesce(${call(sql`sum(len(${of}))`)}, 0) AS DOUBLE)`
        : sql`CAST(${call(sql`count(${of})`)} AS DOUBLE)`
    case 'count_distinct':
      return many
        ? sql`CAST(coalesce(len(list_distinct(${members})), 0) AS DOUBLE)`
        : sql`CAST(${call(sql`count(DISTINCT ${of})`)} AS DOUBLE)`
    case 'values':
      return many
        ? sql`list_members(list_sort(list_distinct(${members})))`
        : sql`list_members(list_sort(${call(sql`list(DISTINCT ${of})`, sql`${of} IS NOT NULL`)}))`
    case 'list':
      return many
        ? sql`list_members(${flattened(wanted, of, order)})`
        : sql`list_members(${listed(wanted, of, order)})`
    case 'first':
      return order === undefined ? call(sql`any_value(${of})`) : picked(wanted, sql`first`, of, order)
    case 'last':
      return order === undefined ? call(sql`any_value(${of})`) : picked(wanted, sql`last`, of, order)
    case 'min':
    case 'max':
      return extreme(wanted, many ? sql`array_to_string(${of}, '')` : of)
    case 'mode':
      return many ? sql`list_aggregate(${members}, 'mode')` : call(sql`mode(${of})`)
    case 'any_true':
      return sql`coalesce(${call(sql`bool_or(${of})`)}, FALSE)`
    case 'percentile':
      return call(sql`quantile_cont(${of}, ${numeral(fraction ?? 0.5)})`)
    case 'upper_median':
      return sql`-${call(sql`quantile_disc(-${of}, 0.5)`)}`
    default:
      return many
        ? sql`list_aggregate(list_transform(${members}, lambda m: number_of(m)), '${NUMERIC[fn]}')`
        : call(sql`${NUMERIC[fn]}(${of})`)
  }
}

/** Also the names that `list_aggregate` knows. */
const NUMERIC = {
  sum: sql`sum`,
  average: sql`avg`,
  stdev: sql`stddev_samp`,
  stdev_population: sql`stddev_pop`,
  variance: sql`var_samp`,
  variance_population: sql`var_pop`,
}

function called({ where, over }: PrintedAggregate, text: Sql, conditions: readonly Sql[]): Sql {
  const all = where === undefined ? conditions : [where, ...conditions]
  const kept = all.length === 0 ? sql`` : sql` FILTER (WHERE ${join(all, ' AND ')})`
  return sql`${text}${kept}${over}`
}

function listed(wanted: PrintedAggregate, of: Sql, order: Sql | undefined): Sql {
  const sorted = order === undefined ? sql`` : sql` ORDER BY ${order}`
  return called(wanted, sql`list(${of}${sorted})`, [sql`${of} IS NOT NULL`])
}

function flattened(wanted: PrintedAggregate, of: Sql, order: Sql | undefined): Sql {
  return sql`flatten(${listed(wanted, of, order)})`
}

/** In a window, whose own order counts, DuckDB has other functions for it. */
function picked(wanted: PrintedAggregate, fn: Sql, of: Sql, order: Sql): Sql {
  const { over, where } = wanted
  if (over !== sql``) {
    const taken = where === undefined ? of : sql`CASE WHEN ${where} THEN ${of} END`
    return sql`${fn}_value(${taken} IGNORE NULLS)${over}`
  }
  return called(wanted, sql`${fn}(${of} ORDER BY ${order})`, [sql`${of} IS NOT NULL`])
}

/** Of texts: as numbers if all of them are, else by code point; the text stays as it was written. */
function extreme(wanted: PrintedAggregate, of: Sql): Sql {
  const fn = wanted.fn === 'min' ? sql`min` : sql`max`
  const plain = called(wanted, sql`${fn}(${of})`, [])
  if (wanted.ofType === 'number') return plain
  const pick = wanted.fn === 'min' ? sql`arg_min` : sql`arg_max`
  const numeric = called(wanted, sql`${pick}(${of}, number_of(${of}))`, [])
  const same = sql`${called(wanted, sql`count(${of})`, [])} = ${called(wanted, sql`count(number_of(${of}))`, [])}`
  return sql`CASE WHEN ${same} THEN ${numeric} ELSE ${plain} END`
}
