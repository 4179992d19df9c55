import type { Problems, Span } from '../core/diagnostic.ts'
import {
  entry,
  get,
  listed,
  scalarText,
  type Tree,
  type TreeEntry,
  type TreeMap,
} from '../lang/sigma/tree.ts'

/**
 * A detection in the shape in which Splunk's `security_content` publishes them, under the names that are used here;
 * any other comes back as it is. Its level is made of its risk.
 */
export function publishedRule(root: TreeMap, problems: Problems): TreeMap {
  const isPublished = get(root, 'name') !== undefined && get(root, 'title') === undefined
  if (!isPublished) return root
  const tags = get(root, 'tags')
  const rba = get(root, 'rba')
  const risk = riskOf(tags, rba)
  const score = risk === undefined ? undefined : (risk.impact * risk.confidence) / 100
  const { at } = root
  const added = (key: string, value: Tree): TreeEntry => ({ key, keyAt: at, value })
  const made: readonly (TreeEntry | undefined)[] = [
    renamed(root, 'name', 'title'),
    renamed(root, 'known_false_positives', 'falsepositives'),
    status(root, problems),
    added('tags', listOf(texts(member(tags, 'mitre_attack_id')).map(attackTag), at)),
    added('entity', listOf(entitiesOf(tags, rba), at)),
    score === undefined ? undefined : added('level', scalar(levelOf(score), at)),
    risk === undefined ? undefined : added('risk', riskTree(risk, at)),
  ]
  const own = made.filter(one => one !== undefined)
  const taken = new Set([...own.map(({ key }) => key), 'name', 'known_false_positives', 'rba', 'status'])
  return { ...root, entries: [...own, ...root.entries.filter(({ key }) => !taken.has(key))] }
}

interface PublishedRisk {
  readonly impact: number
  readonly confidence: number
  readonly message?: string
}

/** Either impact and confidence, or one score that is both together. */
function riskOf(tags: Tree | undefined, rba: Tree | undefined): PublishedRisk | undefined {
  const message = scalarText(member(tags, 'message') ?? member(rba, 'message'))
  const words = message === undefined ? {} : { message }
  const [impact, confidence] = ['impact', 'confidence'].map(key => Number(scalarText(member(tags, key))))
  if (isPercent(impact) && isPercent(confidence)) return { impact, confidence, ...words }
  const scores = listed(member(rba, 'risk_objects')).map(object =>
    Number(scalarText(member(object, 'score'))),
  )
  const highest = Math.max(...(scores.length > 0 ? scores : [Number(scalarText(member(tags, 'risk_score')))]))
  return isPercent(highest) ? { impact: highest, confidence: 100, ...words } : undefined
}

function isPercent(value: number | undefined): value is number {
  return value !== undefined && value >= 0 && value <= 100
}

function levelOf(score: number): string {
  if (score >= 80) return 'critical'
  if (score >= 60) return 'high'
  if (score >= 40) return 'medium'
  return score >= 20 ? 'low' : 'informational'
}

/** What the risk goes to comes before what it comes from. */
function entitiesOf(tags: Tree | undefined, rba: Tree | undefined): readonly string[] {
  const observed = listed(member(tags, 'observable')).map(one => ({
    name: scalarText(member(one, 'name')),
    victim: texts(member(one, 'role')).some(role => /victim/i.test(role)),
  }))
  const named = [
    ...observed.filter(({ victim }) => victim),
    ...observed.filter(({ victim }) => !victim),
  ].flatMap(({ name }) => name ?? [])
  const objects = ['risk_objects', 'threat_objects'].flatMap(key =>
    listed(member(rba, key)).flatMap(one => scalarText(member(one, 'field')) ?? []),
  )
  return [...new Set([...objects, ...named])]
}

function attackTag(id: string): string {
  return `attack.${id.toLowerCase()}`
}

const STATUSES: ReadonlyMap<string, string> = new Map([
  ['production', 'stable'],
  ['validation', 'test'],
])

function status(root: TreeMap, problems: Problems): TreeEntry | undefined {
  const found = entry(root, 'status')
  if (found === undefined) return undefined
  const word = scalarText(found.value)?.toLowerCase() ?? ''
  if (word === 'deprecated') {
    problems.warn('search/deprecated', 'its authors have given it up', { at: found.keyAt })
  }
  return { ...found, value: scalar(STATUSES.get(word) ?? word, found.value.at) }
}

function renamed(root: TreeMap, from: string, to: string): TreeEntry | undefined {
  const found = entry(root, from)
  return found === undefined ? undefined : { ...found, key: to }
}

function member(tree: Tree | undefined, key: string): Tree | undefined {
  return tree?.kind === 'map' ? get(tree, key) : undefined
}

function texts(tree: Tree | undefined): readonly string[] {
  return listed(tree).flatMap(item => scalarText(item)?.trim() || [])
}

function scalar(text: string, at: Span): Tree {
  return { kind: 'scalar', value: text, text, at }
}

function listOf(items: readonly string[], at: Span): Tree {
  return { kind: 'list', items: items.map(item => scalar(item, at)), at }
}

function riskTree({ impact, confidence, message }: PublishedRisk, at: Span): Tree {
  const pairs = [
    ['impact', String(impact)],
    ['confidence', String(confidence)],
    ...(message === undefined ? [] : [['message', message]]),
  ] as const
  const entries = pairs.map(([key = '', value = '']) => ({ key, keyAt: at, value: scalar(value, at) }))
  return { kind: 'map', entries, at }
}
