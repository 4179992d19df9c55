import type { Environment } from '../../../plan/lowering.ts'
import { columnNamed, extend, type Pipeline } from '../../../plan/pipeline.ts'
import type { Named, Relation } from '../../../plan/relation.ts'
import type { Scalar } from '../../../plan/scalar.ts'
import { as, call, choose, coalesce, column, compare, known, number, text } from '../../../plan/scalars.ts'
import type { Search, Term } from '../syntax/tree.ts'
import { objectsIn } from '../walk.ts'
import { GIVEN } from './context.ts'
import { wildcards } from './wildcards.ts'

/** Fields of which a log has several values, as it comes by several ways or in two words; Splunk has one for each event. */
const SEVERAL: ReadonlySet<string> = new Set(['sourcetype', 'source', 'action'])

/** What flow logs themselves say where the common model has a word of its own. */
export const OWN_ACTION = 'vpcflow_action'
export const OWN_ACTIONS: readonly string[] = ['ACCEPT', 'REJECT']

/**
 * The events with one source type, one source and one action each: the one that the search speaks of, or else the
 * first. What they are called besides stays aside for `comparable`, and beside it what is given of every event.
 */
export function withOneOrigin(environment: Environment, search: Search): Environment {
  const { events } = environment
  const columns = [...SEVERAL].flatMap((name): readonly Named[] => {
    const all = name === 'action' ? actionsOf(events) : columnNamed(events, name)
    if (all?.type !== 'list') return []
    const found = [...spokenOf(search, name).map(value => met(all, value)), all]
    const [first = all, ...others] = found.map(names => call('list_at', names, number(0)))
    const value = coalesce(first, ...others)
    return [
      { name: aside(name), value: all },
      { name, value },
    ]
  })
  const given = [...GIVEN].map(([name, value]): Named => {
    const spoken = name === 'index' ? indexOf(search, events, value) : text(value)
    return { name: aside(name), value: as('text', columnNamed(events, name) ?? spoken) }
  })
  return { ...environment, events: extend(events, [...columns, ...given]) }
}

/** Everything that an event is called under one of these names, as long as the search has not changed it. */
export function comparable(rows: Pipeline, name: string): Scalar | undefined {
  const all = SEVERAL.has(name) ? columnNamed(rows, aside(name)) : undefined
  const now = columnNamed(rows, name)
  if (all === undefined || now === undefined) return undefined
  if (isUntouched(rows.relation, name)) return all
  return choose(known(call('list_contains', all, as('text', now))), all, as('list', now))
}

/** The index in which the search looks for such events: `(index=a sourcetype=b) OR (index=c sourcetype=d)`. */
function indexOf(search: Search, events: Pipeline, otherwise: string): Scalar {
  const all = columnNamed(events, 'sourcetype')
  const groups = [...objectsIn(search)].flatMap(node =>
    node['kind'] === 'and' ? [node['of'] as readonly Term[]] : [],
  )
  const pairs = groups.flatMap(of => {
    const [index, type] = ['index', 'sourcetype'].map(name => comparedWith(of, name))
    return index === undefined || type === undefined ? [] : [[index, type] as const]
  })
  const indexes = new Set(spokenOf(search, 'index').filter(value => !value.includes('*')))
  const [only] = indexes
  const last = text(indexes.size === 1 && only !== undefined ? only : otherwise)
  if (all?.type !== 'list') return last
  return pairs
    .slice(0, MOST)
    .reduceRight<Scalar>(
      (rest, [index, type]) =>
        choose(compare('gt', call('list_length', met(all, type)), number(0)), text(index), rest),
      last,
    )
}

function comparedWith(terms: readonly Term[], name: string): string | undefined {
  const found = terms.find(term => term.kind === 'compare' && term.op === '=' && term.field.name === name)
  return found?.kind === 'compare' ? found.value : undefined
}

function actionsOf(events: Pipeline): Scalar | undefined {
  const [action, own] = ['action', OWN_ACTION].map(name => columnNamed(events, name))
  return action?.type !== 'text' || own === undefined ? undefined : call('list_of', action, as('text', own))
}

/** Is the field what it was in the events, as far as can be seen from the stages alone? */
function isUntouched(relation: Relation, name: string): boolean {
  switch (relation.op) {
    case 'filter':
    case 'limit':
      return isUntouched(relation.from, name)
    case 'extend':
    case 'window': {
      const names = new Set(relation.columns.map(made => made.name))
      if (names.has(aside(name))) return true
      return !names.has(name) && isUntouched(relation.from, name)
    }
    default:
      return false
  }
}

function aside(name: string): string {
  return `$${name}`
}

function met(all: Scalar, value: string): Scalar {
  const member = '$name'
  const pattern = wildcards(value)
  const of = column(member, 'text')
  const body: Scalar = { kind: 'like', of, pattern, caseless: true, type: 'boolean' }
  return { kind: 'each', how: 'filter', of: all, name: member, body: known(body), type: 'list' }
}

/** Texts that may be values of the field, in the order of the search. */
function spokenOf(search: Search, name: string): readonly string[] {
  const nodes = [...objectsIn(search)]
  const terms = nodes.flatMap(({ field, value, values }) =>
    nameOf(field) === name ? [value, ...(Array.isArray(values) ? values : [])] : [],
  )
  const isRead = nodes.some(node => node['kind'] === 'field' && node['name'] === name)
  const literals = isRead ? nodes.flatMap(({ kind, value }) => (kind === 'string' ? [value] : [])) : []
  const texts = [...terms, ...literals].filter(value => typeof value === 'string')
  return [...new Set(texts)].filter(value => !/^\**$/.test(value)).slice(0, MOST)
}

/** Of longer lists the rest counts as if it were not there. */
const MOST = 40

function nameOf(field: unknown): unknown {
  return typeof field === 'object' && field !== null && 'name' in field ? field.name : undefined
}
