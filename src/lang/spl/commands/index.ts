import type { Command } from '../command.ts'
import type { StageKind } from '../syntax/tree.ts'
import { addinfo } from './addinfo.ts'
import { anomalydetection } from './anomalydetection.ts'
import { fieldformat, rangemap, setfields } from './assignments.ts'
import { bin } from './bin.ts'
import { chart, timechart } from './chart.ts'
import { concurrency } from './concurrency.ts'
import { cofilter, contingency } from './contingency.ts'
import { gentimes, makecontinuous } from './continuous.ts'
import { convert } from './convert.ts'
import { datamodel, from } from './datamodel.ts'
import { dedup } from './dedup.ts'
import { evaluate } from './eval.ts'
import { extract, multikv, xmlkv } from './extract.ts'
import { eventcount, fieldsummary, metadata } from './facts.ts'
import { fields } from './fields.ts'
import { filldown, fillnull } from './fillnull.ts'
import { foreach } from './foreach.ts'
import { fromjson } from './fromjson.ts'
import { head, reverse, tail } from './head.ts'
import { iplocation } from './iplocation.ts'
import { inputlookup, lookup, outputlookup } from './lookup.ts'
import { makeresults } from './makeresults.ts'
import { map } from './map.ts'
import { tojson, xmlunescape, xpath } from './markup.ts'
import { makemv, mvcombine, mvexpand, nomv } from './multivalue.ts'
import { autoregress, trendline } from './neighbours.ts'
import { outlier } from './outlier.ts'
import { transpose, untable, xyseries } from './pivots.ts'
import { rename } from './rename.ts'
import { replace } from './replace.ts'
import { requireRows } from './require.ts'
import { format, returned } from './return.ts'
import { regex, rex } from './rex.ts'
import { accum, delta, strcat, uniq } from './running.ts'
import { search } from './search.ts'
import { selfjoin } from './selfjoin.ts'
import { sort } from './sort.ts'
import { spath } from './spath.ts'
import { eventstats, stats } from './stats.ts'
import { streamstats } from './streamstats.ts'
import { append, appendcols, appendpipe, join, multireport, multisearch, set, union } from './subsearches.ts'
import { table } from './table.ts'
import { timewrap } from './timewrap.ts'
import { rare, top } from './top.ts'
import { addcoltotals, addtotals } from './totals.ts'
import { transaction } from './transaction.ts'
import { mstats, tstats } from './tstats.ts'
import { where } from './where.ts'

/** Kinds that are no command of their own. */
type Other = 'unsupported' | 'ignored' | 'unknown'

/** Every command that is read, by the kind of its node. */
export const commands: { readonly [Kind in Exclude<StageKind, Other>]: Command<Kind> } = {
  accum,
  addcoltotals,
  addinfo,
  addtotals,
  anomalydetection,
  append,
  appendcols,
  appendpipe,
  autoregress,
  bin,
  chart,
  cofilter,
  concurrency,
  contingency,
  convert,
  datamodel,
  dedup,
  delta,
  eval: evaluate,
  eventcount,
  eventstats,
  extract,
  fieldformat,
  fields,
  fieldsummary,
  filldown,
  fillnull,
  foreach,
  format,
  from,
  fromjson,
  gentimes,
  head,
  inputlookup,
  iplocation,
  join,
  lookup,
  makecontinuous,
  makemv,
  makeresults,
  map,
  metadata,
  mstats,
  multikv,
  multireport,
  multisearch,
  mvcombine,
  mvexpand,
  nomv,
  outlier,
  outputlookup,
  rangemap,
  rare,
  regex,
  rename,
  replace,
  require: requireRows,
  return: returned,
  reverse,
  rex,
  search,
  selfjoin,
  set,
  setfields,
  sort,
  spath,
  stats,
  strcat,
  streamstats,
  table,
  tail,
  timechart,
  timewrap,
  tojson,
  top,
  transaction,
  transpose,
  trendline,
  tstats,
  union,
  uniq,
  untable,
  where,
  xmlkv,
  xmlunescape,
  xpath,
  xyseries,
}

export type CommandKind = keyof typeof commands

const KINDS: ReadonlyMap<string, CommandKind> = new Map(
  Object.entries(commands).flatMap(([kind, { names }]) =>
    names.map(name => [name, kind as CommandKind] as const),
  ),
)

/** The kind of node that a command's name stands for. */
export function kindNamed(name: string): CommandKind | undefined {
  return KINDS.get(name)
}

/** All names of commands that run, sorted. */
export const commandNames: readonly string[] = [...KINDS.keys()].sort()
