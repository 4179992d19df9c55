import type { Problems } from '../../core/diagnostic.ts'
import { LEVELS, type Level } from '../../core/level.ts'
import type { LogSource } from '../../core/log-source.ts'
import { nearest } from '../../core/nearest.ts'
import type { RuleMeta } from '../../plan/rule.ts'
import { withoutSpaces } from './field-name.ts'
import { entry, get, kindOf, listed, missing, scalarText, type Tree, type TreeMap, textOf } from './tree.ts'

/**
 * What a rule says about itself. A title must be there; a wrong title, level or status refuses the rule, while
 * mistakes in what only people read are warnings. Without a level a rule is `medium`, without an id it gets
 * one made of its title, both with a warning. Texts are cut at a length that fits a page.
 */
export function readMeta(root: TreeMap, problems: Problems): RuleMeta {
  const title = readTitle(root, problems)
  const name = text(root, 'name', 200, problems)
  const status = choice(root, 'status', STATUSES, problems)
  const description = text(root, 'description', 4000, problems)
  const author = text(root, 'author', 500, problems)
  const entity = text(root, 'entity', 200, problems)
  checkDate(root, 'date', problems)
  checkDate(root, 'modified', problems)
  checkTaxonomy(root, problems)
  return {
    id: readId(root, title, problems),
    ...(name === undefined ? {} : { name }),
    title,
    level: readLevel(root, problems),
    ...(status === undefined ? {} : { status }),
    ...(description === undefined ? {} : { description }),
    ...(author === undefined ? {} : { author }),
    references: texts(root, 'references', problems),
    tags: texts(root, 'tags', problems),
    falsepositives: texts(root, 'falsepositives', problems),
    fields: texts(root, 'fields', problems).map(withoutSpaces),
    ...(entity === undefined ? {} : { entity }),
    related: readRelated(root, problems),
  }
}

/** The rule's own id as written, for the ledger of rules that are refused. */
export function ownId(root: TreeMap): string | undefined {
  const id = scalarText(get(root, 'id'))?.trim()
  return id === undefined || id === '' ? undefined : clip(id, 200)
}

/** Which logs a rule is about; names at least one of product, category and service. */
export function readLogSource(root: TreeMap, problems: Problems): LogSource {
  const tree = get(root, 'logsource')
  if (tree === undefined) {
    problems.list.push(missing(root, 'logsource', 'the rule'))
    return {}
  }
  if (tree.kind !== 'map') {
    problems.error('sigma/type', `"logsource" is ${kindOf(tree)}, not a map`, { at: tree.at })
    return {}
  }
  const words = ['product', 'category', 'service'].flatMap(key => {
    const value = get(tree, key)
    if (value !== undefined && scalarText(value) === undefined) {
      problems.error('sigma/type', `"${key}" of the log source is ${kindOf(value)}, not a text`, {
        at: value.at,
      })
    }
    const word = scalarText(value)?.trim()
    return word === undefined || word === '' ? [] : [[key, clip(word, 200)] as const]
  })
  if (words.length === 0 && !problems.failed) {
    problems.error('sigma/logsource', 'the log source names no product, category or service', { at: tree.at })
  }
  return Object.fromEntries(words)
}

/** Names of another taxonomy would have to be mapped by whoever knows it. */
function checkTaxonomy(root: TreeMap, problems: Problems): void {
  const tree = get(root, 'taxonomy')
  const taxonomy = scalarText(tree)?.trim()
  if (tree === undefined || taxonomy === 'sigma') return
  problems.warn(
    'sigma/taxonomy',
    `the taxonomy "${taxonomy ?? kindOf(tree)}" is not known: names are read as Sigma's own`,
    {
      at: tree.at,
      help: 'write the names that the log has, or those of the taxonomy "sigma"',
    },
  )
}

const STATUSES = ['stable', 'test', 'experimental', 'deprecated', 'unsupported'] as const
const MOST_TEXTS = 200

function readTitle(root: TreeMap, problems: Problems): string {
  const tree = get(root, 'title')
  const title = textOf(tree)?.trim()
  if (tree === undefined) problems.list.push(missing(root, 'title', 'the rule'))
  else if (title === undefined || title === '') {
    problems.error('sigma/type', `"title" is ${title === '' ? 'empty' : kindOf(tree)}, not a text`, {
      at: tree.at,
      help: 'a title that looks like a number must be quoted',
    })
  }
  return clip(title === undefined || title === '' ? 'untitled' : title, 300)
}

function readId(root: TreeMap, title: string, problems: Problems): string {
  const tree = get(root, 'id')
  const id = ownId(root)
  if (id !== undefined) return id
  if (tree !== undefined) problems.warn('sigma/type', `"id" is ${kindOf(tree)}, not a text`, { at: tree.at })
  const words = title.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? ['rule']
  const made = words.join('-')
  if (entry(root, 'filter') === undefined) {
    problems.warn('sigma/missing-id', `the rule has no "id"; it is called "${made}"`, {
      at: entry(root, 'title')?.keyAt,
      help: 'add "id:" with a UUID of its own, so that findings keep their rule when the title changes',
    })
  }
  return made
}

function readLevel(root: TreeMap, problems: Problems): Level {
  if (get(root, 'level') === undefined) {
    if (entry(root, 'filter') !== undefined) return 'medium'
    problems.warn('sigma/missing-level', 'the rule has no "level"; it counts as medium', {
      at: entry(root, 'title')?.keyAt,
    })
    return 'medium'
  }
  return choice(root, 'level', LEVELS, problems) ?? 'medium'
}

function choice<T extends string>(
  root: TreeMap,
  key: string,
  known: readonly T[],
  problems: Problems,
): T | undefined {
  const tree = get(root, key)
  if (tree === undefined) return undefined
  const written = textOf(tree)?.trim().toLowerCase()
  const found = known.find(candidate => candidate === written)
  if (found === undefined) {
    const near = written === undefined ? undefined : nearest(written, known)
    problems.error(`sigma/${key}`, `${written === undefined ? kindOf(tree) : `"${written}"`} is no ${key}`, {
      at: tree.at,
      help: near === undefined ? `use one of ${known.join(', ')}` : `did you mean "${near}"?`,
    })
  }
  return found
}

function checkDate(root: TreeMap, key: string, problems: Problems): void {
  const tree = get(root, key)
  if (tree === undefined) return
  const parts = /^(\d{4})[-/](\d{2})[-/](\d{2})$/.exec(scalarText(tree)?.trim() ?? '')
  const [year, month, day] = [Number(parts?.[1]), Number(parts?.[2]), Number(parts?.[3])]
  const date = new Date(Date.UTC(year, month - 1, day))
  if (parts !== null && date.getUTCMonth() === month - 1 && date.getUTCDate() === day) return
  problems.warn('sigma/date', `"${key}" is no date`, { at: tree.at, help: 'write it as YYYY-MM-DD' })
}

function text(root: TreeMap, key: string, length: number, problems: Problems): string | undefined {
  const tree = get(root, key)
  const read = scalarText(tree)?.trim()
  if (tree !== undefined && read === undefined) {
    problems.warn('sigma/type', `"${key}" is ${kindOf(tree)}, not a text; it is ignored`, { at: tree.at })
  }
  return read === undefined || read === '' ? undefined : clip(read, length)
}

function texts(root: TreeMap, key: string, problems: Problems): readonly string[] {
  return listed(get(root, key))
    .slice(0, MOST_TEXTS)
    .flatMap(item => {
      const read = scalarText(item)?.trim()
      if (read === undefined) {
        problems.warn('sigma/type', `"${key}" holds ${kindOf(item)}, not a text; it is ignored`, {
          at: item.at,
        })
      }
      return read === undefined || read === '' ? [] : [clip(read, 1000)]
    })
}

/** Rules that this one was made of, or is like, go on beside it. */
const OTHERS: readonly (string | undefined)[] = ['derived', 'similar']

function readRelated(root: TreeMap, problems: Problems): readonly string[] {
  return listed(get(root, 'related'))
    .slice(0, MOST_TEXTS)
    .flatMap(item => {
      const id = item.kind === 'map' ? scalarText(get(item, 'id'))?.trim() : undefined
      if (id !== undefined) return OTHERS.includes(typeOf(item)) ? [] : [clip(id, 200)]
      problems.warn('sigma/type', 'an entry of "related" has no "id"; it is ignored', { at: item.at })
      return []
    })
}

function typeOf(related: Tree): string | undefined {
  return related.kind === 'map' ? scalarText(get(related, 'type'))?.trim() : undefined
}

/** The start of a text that is too long, with a sign that there was more. */
export function clip(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`
}
