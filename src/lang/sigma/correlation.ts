import type { Problems } from '../../core/diagnostic.ts'
import { nearest } from '../../core/nearest.ts'
import type { CorrelationType, RuleMeta, RuleOrigin } from '../../plan/rule.ts'
import { readAggregate, typeNamed, typeNames } from './aggregate.ts'
import type { Alias, CorrelationDraft, Reference } from './document.ts'
import { readFieldName } from './field-name.ts'
import { readTimespan } from './timespan.ts'
import { entry, get, kindOf, listed, missing, scalarText, type Tree, type TreeMap } from './tree.ts'

/** Reads a correlation; which rules its references mean is found when all documents are known. */
export function readCorrelation(
  root: TreeMap,
  meta: RuleMeta,
  origin: RuleOrigin,
  problems: Problems,
): CorrelationDraft | undefined {
  const map = get(root, 'correlation')
  if (map?.kind !== 'map') {
    const what = map === undefined ? 'empty' : kindOf(map)
    problems.error('sigma/type', `"correlation" is ${what}, not a map`, {
      at: entry(root, 'correlation')?.keyAt,
    })
    return undefined
  }
  checkKeys(map, problems)
  const type = readType(map, problems)
  const rules = readReferences(map, problems)
  const timespan = readSpan(map, problems)
  const groupBy = readGroupBy(map, problems)
  const aliases = readAliases(map, rules, problems)
  const generate = readGenerate(root, map, problems)
  const aggregate = type === undefined ? undefined : readAggregate(map, type, rules.length, problems)
  if (problems.failed || type === undefined || aggregate === undefined || timespan === undefined)
    return undefined
  return { meta, type, rules, groupBy, timespan, ...aggregate, aliases, generate, origin }
}

const KEYS = ['type', 'rules', 'group-by', 'timespan', 'condition', 'aliases', 'generate']

function checkKeys(map: TreeMap, problems: Problems): void {
  for (const { key, keyAt } of map.entries) {
    if (KEYS.includes(key)) continue
    const near = key === 'timeframe' ? 'timespan' : nearest(key, KEYS)
    problems.error('sigma/unknown-key', `a correlation has no "${key}"`, {
      at: keyAt,
      help: near === undefined ? `there are ${KEYS.join(', ')}` : `did you mean "${near}"?`,
    })
  }
}

function readType(map: TreeMap, problems: Problems): CorrelationType | undefined {
  const tree = get(map, 'type')
  if (tree === undefined) {
    problems.list.push(missing(map, 'type', 'the correlation'))
    return undefined
  }
  const written = scalarText(tree)?.trim() ?? ''
  const type = typeNamed(written)
  if (type !== undefined) return type
  const near = nearest(written, typeNames)
  problems.error('sigma/correlation-type', `there is no correlation of type "${written}"`, {
    at: tree.at,
    help: near === undefined ? `there are ${typeNames.join(', ')}` : `did you mean "${near}"?`,
  })
  return undefined
}

/** References under `rules`, each once. */
function readReferences(map: TreeMap, problems: Problems): readonly Reference[] {
  const trees = listed(get(map, 'rules'))
  if (trees.length === 0) problems.list.push(missing(map, 'rules', 'the correlation'))
  const references = new Map<string, Reference>()
  for (const tree of trees) {
    const text = scalarText(tree)?.trim()
    if (text === undefined || text === '') {
      problems.error('sigma/type', `"rules" holds ${kindOf(tree)}, not the name of a rule`, { at: tree.at })
    } else if (references.has(text)) {
      problems.error('sigma/reference', `"rules" names "${text}" twice`, { at: tree.at })
    } else references.set(text, { text, at: tree.at })
  }
  return [...references.values()]
}

function readSpan(map: TreeMap, problems: Problems): number | undefined {
  const tree = get(map, 'timespan')
  if (tree === undefined) {
    problems.list.push(missing(map, 'timespan', 'the correlation'))
    return undefined
  }
  const timespan = readTimespan(scalarText(tree) ?? '')
  if (timespan === undefined) {
    problems.error('sigma/timespan', `"${scalarText(tree) ?? kindOf(tree)}" is no timespan`, {
      at: tree.at,
      help: 'write a number above zero and one of s, m, h, d, w, M, y: 10m',
    })
  }
  return timespan
}

function readGroupBy(map: TreeMap, problems: Problems): readonly string[] {
  const trees = listed(get(map, 'group-by'))
  if (trees.length === 0) {
    problems.warn('sigma/group-by', 'without "group-by" all events count together', {
      at: entry(map, 'rules')?.keyAt,
    })
  }
  return trees.flatMap(tree => fieldName(tree, 'group-by', problems))
}

function readAliases(map: TreeMap, rules: readonly Reference[], problems: Problems): readonly Alias[] {
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
      if (!rules.some(({ text }) => text === field.key)) {
        problems.error('sigma/reference', `the alias "${key}" names a rule that is not under "rules"`, {
          at: field.keyAt,
        })
      }
      const rule = { text: field.key, at: field.keyAt }
      return fieldName(field.value, 'aliases', problems).map(name => ({ rule, field: name }))
    })
    return { name: key, fields }
  })
}

/** The specification has `generate` beside the correlation, common tools inside it. */
function readGenerate(root: TreeMap, map: TreeMap, problems: Problems): boolean {
  const trees = [get(root, 'generate'), get(map, 'generate')].flatMap(tree => tree ?? [])
  for (const tree of trees) {
    if (tree.kind === 'scalar' && typeof tree.value === 'boolean') continue
    problems.error('sigma/type', '"generate" takes true or false', { at: tree.at })
  }
  return trees.some(tree => tree.kind === 'scalar' && tree.value === true)
}

function fieldName(tree: Tree, key: string, problems: Problems): readonly string[] {
  const name = readFieldName(scalarText(tree) ?? '', tree.at, problems)
  if (name !== '') return [name]
  problems.error('sigma/type', `"${key}" holds ${kindOf(tree)}, not the name of a field`, { at: tree.at })
  return []
}
