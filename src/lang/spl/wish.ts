import type { FieldWish } from '../../plan/lowering.ts'
import { fillStars, isDatePart } from './lower/context.ts'
import { MODEL_INPUTS } from './lower/model-fields.ts'
import { OWN_ACTION } from './lower/origins.ts'
import type { Option, Renaming, Search, Stage } from './syntax/tree.ts'
import { objectsIn } from './walk.ts'

/**
 * The fields of events that a search may read: every name in it, and what renaming with stars makes of them. All
 * fields, if it shows or uses whatever there is.
 */
export function wishOf(search: Search): FieldWish {
  const names = new Set<string>()
  const nodes = [...objectsIn(search)]
  for (const node of nodes) mention(node, names)
  const models = nodes.some(({ kind }) => kind === 'tstats' || kind === 'datamodel')
  const sides = nodes.some(({ kind, pairs }) => kind === 'join' && Array.isArray(pairs) && pairs.length > 0)
  if (models || sides) addStripped(search, names)
  if (names.has('action')) names.add(OWN_ACTION)
  const renames = nodes.flatMap(node =>
    node['kind'] === 'rename' ? (node['pairs'] as readonly Renaming[]) : [],
  )
  for (const { from, to } of renames.reverse()) {
    const old = [...names].flatMap(name => (from.name.includes('*') ? origins(name, from.name, to.name) : []))
    for (const name of old) names.add(name)
  }
  return { names, all: usesAll(search) }
}

type AnyNode = { readonly [key: string]: unknown }

const TEXT_COMMANDS = new Set([
  'word',
  'multikv',
  'extract',
  'xmlkv',
  'rex',
  'regex',
  'spath',
  'xmlunescape',
  'xpath',
])
const TIME_COMMANDS = new Set([
  'stats',
  'eventstats',
  'streamstats',
  'chart',
  'timechart',
  'transaction',
  'tstats',
  'concurrency',
  'timewrap',
])

/** They choose events by what models consist of. */
const MODELS = new Set(['tstats', 'datamodel', 'from'])
/** What objects of models are told by. */
const OBJECT_INPUTS = ['tag', 'action', 'object_category', 'result']

function mention(node: AnyNode, names: Set<string>): void {
  const { kind, name, options, template } = node
  if (TEXT_COMMANDS.has(String(kind))) names.add('_raw')
  if (TIME_COMMANDS.has(String(kind))) names.add('_time')
  if (MODELS.has(String(kind))) for (const own of [...OBJECT_INPUTS, ...MODEL_INPUTS]) names.add(own)
  if (kind === 'metadata') for (const own of ['host', 'source', 'sourcetype', '_time']) names.add(own)
  if (kind === 'eventcount') names.add('index')
  const isField = kind !== 'call' && typeof node['value'] !== 'string'
  if (typeof name === 'string' && isField) names.add(name)
  if (typeof name === 'string' && isField)
    for (const [, part = ''] of name.matchAll(/\{([^{}]+)\}|^\w+\((.+)\)$/g)) names.add(part)
  if (typeof name === 'string' && isDatePart(name)) names.add('_time')
  if (Array.isArray(options)) for (const { value } of options as readonly Option[]) names.add(value)
  if (typeof template === 'string') mentionWords(template, names)
  if (kind === 'call' && name === 'searchmatch') {
    names.add('_raw')
    mentionWords(JSON.stringify(node['args']), names)
  }
}

/** Names of a data model have the names of its objects before them. */
function addStripped(node: unknown, names: Set<string>): void {
  for (const { name } of objectsIn(node)) {
    if (typeof name !== 'string') continue
    for (let dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1))
      names.add(name.slice(dot + 1))
  }
}

/** Everything in a text that may be the name of a field. */
function mentionWords(text: string, names: Set<string>): void {
  for (const [word] of text.matchAll(/[A-Za-z_][\w.{}]*/g)) names.add(word)
}

/** The names that a renaming with stars would turn into this one. */
function origins(name: string, from: string, to: string): readonly string[] {
  const parts = to.split('*')
  const [head = '', tail = ''] = parts
  if (parts.length !== 2 || !name.startsWith(head) || !name.endsWith(tail)) return []
  const middle = name.slice(head.length, name.length - tail.length)
  return name.length < head.length + tail.length ? [] : [fillStars(from, [middle])]
}

/** Does anything that needs every field meet rows that still have them, or do such rows come out? */
function usesAll(search: Search): boolean {
  const { all, open } = follow(search)
  return all || open
}

interface Followed {
  readonly all: boolean
  /** Rows come out as they are in the log. */
  readonly open: boolean
}

function follow({ stages }: Search, begins = true): Followed {
  let open = begins && !(stages[0] !== undefined && MAKERS.has(stages[0].kind))
  // What a map will search for is known only when it runs.
  if (stages.some(({ kind }) => kind === 'map')) return { all: true, open: true }
  let all = false
  for (const stage of stages) {
    const inner = innerSearches(stage).map(search => follow(search, !SAME_ROWS.has(stage.kind) || open))
    all ||= inner.some(found => found.all) || (open && needsAll(stage))
    if (ADDERS.has(stage.kind)) open ||= inner.some(found => found.open)
    else all ||= inner.some(found => found.open)
    if (narrows(stage)) open = false
  }
  return { all, open }
}

const MAKERS = new Set([
  'makeresults',
  'gentimes',
  'inputlookup',
  'tstats',
  'mstats',
  'eventcount',
  'metadata',
  'union',
  'multisearch',
  'set',
])
const ADDERS = new Set(['append', 'appendcols', 'appendpipe', 'join', 'multireport', 'union', 'multisearch'])
/** Their searches begin with the rows that are there. */
const SAME_ROWS = new Set(['appendpipe', 'multireport'])
const NARROWERS = new Set([
  'stats',
  'chart',
  'timechart',
  'top',
  'rare',
  'tstats',
  'mstats',
  'table',
  'untable',
  'xyseries',
  'cofilter',
  'contingency',
  'fieldsummary',
])

function narrows(stage: Stage): boolean {
  if (stage.kind === 'fields') return !stage.remove
  return NARROWERS.has(stage.kind)
}

function needsAll(stage: Stage): boolean {
  switch (stage.kind) {
    case 'datamodel':
    case 'transaction':
    case 'mvcombine':
    case 'uniq':
    case 'selfjoin':
    case 'transpose':
    case 'outputlookup':
    case 'xyseries':
      return true
    case 'anomalydetection':
    case 'addtotals':
    case 'addcoltotals':
    case 'fieldsummary':
    case 'filldown':
    case 'join':
    case 'outlier':
    case 'replace':
    case 'tojson':
      return stage.fields.length === 0 || stage.fields.some(({ name }) => name.includes('*'))
    case 'foreach':
    case 'table':
    case 'fillnull':
      return stage.fields.some(({ name }) => name.includes('*'))
    case 'fields':
      return !stage.remove && stage.fields.some(({ name }) => name.includes('*'))
    case 'convert':
      return stage.conversions.some(({ field }) => field.name.includes('*'))
    case 'stats':
    case 'eventstats':
    case 'streamstats':
    case 'chart':
    case 'timechart':
      return stage.aggregations.some(
        ({ argument }) => argument !== undefined && 'name' in argument && argument.name.includes('*'),
      )
    default:
      return false
  }
}

function innerSearches(stage: Stage): readonly Search[] {
  const own = 'search' in stage ? [stage.search] : []
  const several = 'searches' in stage ? stage.searches : []
  const parts = ['term', 'where', 'condition', 'assignments'] as const
  const terms = [...objectsIn(parts.map(part => (stage as unknown as AnyNode)[part]))]
  const inTerms = terms.flatMap(node => (node['kind'] === 'subsearch' ? [node['search'] as Search] : []))
  return [...own, ...several, ...inTerms]
}
