import type { Problems } from '../../core/diagnostic.ts'
import { LEVELS, type Level } from '../../core/level.ts'
import { nearest } from '../../core/nearest.ts'
import type { CorrelationRule, RuleMeta } from '../../plan/rule.ts'
import type { Alias, Reference } from './document.ts'
import { readFieldName } from './field-name.ts'
import { readTimespan } from './timespan.ts'
import { entry, get, kindOf, listed, missing, scalarText, type Tree, type TreeMap } from './tree.ts'

/** What is the same for every rule over rules. */
export interface Common {
  readonly kind: 'correlation'
  readonly meta: RuleMeta
  readonly generate: boolean
  readonly origin: CorrelationRule['origin']
}

export type IdOf = (reference: Reference) => string

/** A kind of correlation as it was read: what it is over, and the rule once that is found. */
export interface ReadKind {
  readonly rules: readonly Reference[]
  /** They name rules of it, each by any of its names. */
  readonly aliases?: readonly Alias[]
  readonly make: (common: Common, idOf: IdOf) => CorrelationRule
}

/** Tells of keys that are not known there. */
export function checkKeys(map: TreeMap, known: readonly string[], what: string, problems: Problems): void {
  for (const { key, keyAt } of map.entries) {
    if (known.includes(key)) continue
    const near = key === 'timeframe' ? 'timespan' : nearest(key, known)
    problems.error('sigma/unknown-key', `${what} has no "${key}"`, {
      at: keyAt,
      help: near === undefined ? `there are ${known.join(', ')}` : `did you mean "${near}"?`,
    })
  }
}

/** References under a key, each once. */
export function readReferences(map: TreeMap, key: string, problems: Problems): readonly Reference[] {
  const references = new Map<string, Reference>()
  for (const tree of listed(get(map, key))) {
    const text = scalarText(tree)?.trim()
    if (text === undefined || text === '') {
      problems.error('sigma/type', `"${key}" holds ${kindOf(tree)}, not the name of a rule`, { at: tree.at })
    } else if (references.has(text)) {
      problems.error('sigma/reference', `"${key}" names "${text}" twice`, { at: tree.at })
    } else references.set(text, { text, at: tree.at })
  }
  return [...references.values()]
}

/** The rules that a correlation is over; there must be one. */
export function readRules(map: TreeMap, problems: Problems): readonly Reference[] {
  if (listed(get(map, 'rules')).length === 0) problems.list.push(missing(map, 'rules', 'the correlation'))
  return readReferences(map, 'rules', problems)
}

/** References of several places, each once. */
export function joined(...lists: readonly (readonly Reference[])[]): readonly Reference[] {
  return [...new Map(lists.flat().map(reference => [reference.text, reference])).values()]
}

/** A timespan in ms that must be there. */
export function readSpan(map: TreeMap, key: string, what: string, problems: Problems): number | undefined {
  if (get(map, key) !== undefined) return readLength(map, key, problems)
  problems.list.push(missing(map, key, what))
  return undefined
}

/** A timespan in ms that may be there; `zero` says whether none at all will do. */
export function readLength(
  map: TreeMap,
  key: string,
  problems: Problems,
  zero: 'zero' | 'more' = 'more',
): number | undefined {
  const tree = get(map, key)
  if (tree === undefined) return undefined
  const text = scalarText(tree) ?? ''
  if (zero === 'zero' && /^0+[smhdwMy]?$/.test(text.trim())) return 0
  const timespan = readTimespan(text)
  if (timespan === undefined) {
    problems.error('sigma/timespan', `"${scalarText(tree) ?? kindOf(tree)}" is no timespan`, {
      at: tree.at,
      help: `write a whole number${zero === 'zero' ? '' : ' above zero'} and one of s, m, h, d, w, M, y, up to 1000y: 10m`,
    })
  }
  return timespan
}

/** A number that may be there, not below a least. */
export function readNumber(map: TreeMap, key: string, least: number, problems: Problems): number | undefined {
  const tree = get(map, key)
  if (tree === undefined) return undefined
  if (tree.kind === 'scalar' && typeof tree.value === 'number' && tree.value >= least) return tree.value
  problems.error('sigma/number', `"${key}" takes a number from ${least} on`, { at: tree.at })
  return undefined
}

export function readFlag(map: TreeMap, key: string, problems: Problems): boolean {
  const tree = get(map, key)
  if (tree === undefined) return false
  if (tree.kind === 'scalar' && typeof tree.value === 'boolean') return tree.value
  problems.error('sigma/type', `"${key}" takes true or false`, { at: tree.at })
  return false
}

export function readLevelName(tree: Tree, key: string, problems: Problems): Level | undefined {
  const text = scalarText(tree)?.trim().toLowerCase()
  const level = LEVELS.find(one => one === text)
  if (level === undefined) {
    const near = text === undefined ? undefined : nearest(text, LEVELS)
    problems.error(
      'sigma/level',
      `"${key}" takes a level, not ${text === undefined ? kindOf(tree) : `"${text}"`}`,
      {
        at: tree.at,
        help: near === undefined ? `use one of ${LEVELS.join(', ')}` : `did you mean "${near}"?`,
      },
    )
  }
  return level
}

export function readGroupBy(map: TreeMap, problems: Problems): readonly string[] {
  if (listed(get(map, 'group-by')).length === 0) {
    problems.warn('sigma/group-by', 'without "group-by" all events count together', {
      at: entry(map, 'rules')?.keyAt,
    })
  }
  return readFields(map, 'group-by', problems)
}

/** Names of fields under a key. */
export function readFields(map: TreeMap, key: string, problems: Problems): readonly string[] {
  return listed(get(map, key)).flatMap(tree => fieldName(tree, key, problems))
}

/** Aliases by the ids of rules. */
export function aliasesOf(aliases: readonly Alias[], idOf: IdOf): CorrelationRule['aliases'] {
  return Object.fromEntries(
    aliases.map(({ name, fields }) => [
      name,
      Object.fromEntries(fields.map(({ rule, field }) => [idOf(rule), field])),
    ]),
  )
}

export function readAliases(map: TreeMap, problems: Problems): readonly Alias[] {
  const tree = get(map, 'aliases')
  if (tree === undefined) return []
  if (tree.kind !== 'map') {
    problems.error('sigma/type', `"aliases" is ${kindOf(tree)}, not a map`, { at: tree.at })
    return []
  }
  return tree.entries.map(({ key, keyAt, value }) => {
    if (value.kind !== 'map') {
      problems.error('sigma/type', `the alias "${key}" is ${kindOf(value)}, not a map`, {
        at: keyAt,
        help: 'write the name of a rule and its field on each line below it',
      })
      return { name: key, fields: [] }
    }
    const fields = value.entries.flatMap(field => {
      const rule = { text: field.key, at: field.keyAt }
      return fieldName(field.value, 'aliases', problems).map(name => ({ rule, field: name }))
    })
    return { name: key, fields }
  })
}

function fieldName(tree: Tree, key: string, problems: Problems): readonly string[] {
  const name = readFieldName(scalarText(tree) ?? '', tree.at, problems)
  if (name !== '') return [name]
  problems.error('sigma/type', `"${key}" holds ${kindOf(tree)}, not the name of a field`, { at: tree.at })
  return []
}
