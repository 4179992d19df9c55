import type { StageKind } from '../syntax.ts'
import { accum } from './accum.ts'
import { aggregate } from './aggregate.ts'
import { backshift } from './backshift.ts'
import { bin } from './bin.ts'
import { cat } from './cat.ts'
import { compare } from './compare.ts'
import { compose } from './compose.ts'
import { dedup } from './dedup.ts'
import { diff } from './diff.ts'
import { expression } from './expression.ts'
import { fields } from './fields.ts'
import { fillmissing } from './fillmissing.ts'
import { filter } from './filter.ts'
import { geoip } from './geoip.ts'
import { join } from './join.ts'
import { json } from './json.ts'
import { jsonAuto } from './json-auto.ts'
import { keyvalue } from './keyvalue.ts'
import { limit } from './limit.ts'
import { logcompare } from './logcompare.ts'
import { logreduce } from './logreduce.ts'
import { logreduceValues } from './logreduce-values.ts'
import { lookup } from './lookup.ts'
import { merge } from './merge.ts'
import { nothing } from './nothing.ts'
import type { Operator } from './operator.ts'
import { outlier } from './outlier.ts'
import { parse } from './parse.ts'
import { parseRegex } from './parse-regex.ts'
import { parseXml } from './parse-xml.ts'
import { predict } from './predict.ts'
import { rollingstd } from './rollingstd.ts'
import { save } from './save.ts'
import { csv, split } from './separated.ts'
import { sessionize } from './sessionize.ts'
import { smooth } from './smooth.ts'
import { sort } from './sort.ts'
import { threat } from './threat.ts'
import { timeslice } from './timeslice.ts'
import { top } from './top.ts'
import { topk } from './topk.ts'
import { total } from './total.ts'
import { trace } from './trace.ts'
import { transaction } from './transaction.ts'
import { transactionize } from './transactionize.ts'
import { transpose } from './transpose.ts'
import { unknown } from './unknown.ts'
import { unsupported } from './unsupported.ts'
import { where } from './where.ts'
import { withtime } from './withtime.ts'

/** Every operator, by the kind of its stages. */
export const OPERATORS: { readonly [Kind in StageKind]: Operator<Kind> } = {
  where,
  parse,
  'parse regex': parseRegex,
  'parse xml': parseXml,
  json,
  'json auto': jsonAuto,
  csv,
  split,
  keyvalue,
  expression,
  aggregate,
  timeslice,
  bin,
  sort,
  limit,
  top,
  topk,
  fields,
  transpose,
  lookup,
  geoip,
  join,
  compose,
  filter,
  fillmissing,
  outlier,
  smooth,
  rollingstd,
  backshift,
  diff,
  accum,
  total,
  compare,
  withtime,
  dedup,
  merge,
  transactionize,
  transaction,
  sessionize,
  save,
  predict,
  logreduce,
  'logreduce values': logreduceValues,
  logcompare,
  threat,
  trace,
  cat,
  unsupported,
  nothing,
  unknown,
}

const BY_NAME: ReadonlyMap<string, StageKind> = new Map(
  Object.entries(OPERATORS).flatMap(([kind, { names }]) =>
    names.map(name => [name, kind as StageKind] as const),
  ),
)

/** The words that a stage may start with. */
export const operatorNames: readonly string[] = [...BY_NAME.keys()]

/** The kind of stage that a word starts, in any case. */
export function operatorNamed(name: string): StageKind | undefined {
  return BY_NAME.get(name.toLowerCase())
}
