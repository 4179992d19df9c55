import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  parseDocument,
  type Scalar,
  type YAMLMap,
} from 'yaml'
import type { Problems, Span } from '../../core/diagnostic.ts'
import type { Places } from '../../core/places.ts'
import { limits } from './limits.ts'
import { kindOf, type Tree, type TreeEntry } from './tree.ts'

/**
 * Reads one YAML document that stands at `offset` of the file.
 *
 * Plain scalars are typed by YAML 1.2, except that digits after a leading zero (`00000429`) are a text, as the
 * YAML 1.1 readers that rules are tested with have it; `<<` merges maps, as they do.
 */
export function readYaml(text: string, offset: number, places: Places, problems: Problems): Tree | undefined {
  if (text.length > limits.document) {
    problems.error('sigma/document-size', `a document of ${text.length} characters is too large`, {
      at: places(offset, offset + 1),
      help: `split it; the limit is ${limits.document} characters`,
    })
    return undefined
  }
  const odd = text.indexOf('\ufffd')
  if (odd >= 0) {
    problems.warn('sigma/encoding', 'a character could not be read, as if the file were not UTF-8', {
      at: places(offset + odd, offset + odd + 1),
      help: 'what holds it will match nothing; save the file as UTF-8',
    })
  }
  const document = compose(text, offset, places, problems)
  if (document === undefined || document.contents === null) return undefined
  return new Reader(text, offset, places, problems).read(document.contents, 0)
}

function compose(text: string, offset: number, places: Places, problems: Problems): Document | undefined {
  const document = parseDocument(text, { prettyErrors: false, uniqueKeys: false, logLevel: 'silent' })
  const { errors } = document
  // The library recurses; this is the end of its stack.
  if (errors.some(({ code }) => code === 'RESOURCE_EXHAUSTION')) {
    problems.error('sigma/nesting', 'maps and lists nest too deeply', {
      at: places(offset, offset + 1),
      help: `the limit is ${limits.nesting} levels`,
    })
    return undefined
  }
  for (const { message, pos } of errors.slice(0, 5)) {
    problems.error('sigma/yaml', `YAML: ${message}`, { at: places(offset + pos[0], offset + pos[1]) })
  }
  return errors.length > 0 ? undefined : document
}

/** Turns one document into a tree, within limits; says no twice at most. */
class Reader {
  private readonly text: string
  private readonly offset: number
  private readonly places: Places
  private readonly problems: Problems
  private readonly anchors = new Map<string, unknown>()
  private nodes = 0
  private stopped = false

  constructor(text: string, offset: number, places: Places, problems: Problems) {
    this.text = text
    this.offset = offset
    this.places = places
    this.problems = problems
  }

  read(node: unknown, depth: number): Tree | undefined {
    if (this.stopped) return undefined
    const at = this.span(node)
    if (++this.nodes > limits.nodes)
      return this.stop('sigma/aliases', 'its aliases and values are too many', at)
    if (depth > limits.nesting) return this.stop('sigma/nesting', 'maps and lists nest too deeply', at)
    if (isAlias(node)) return this.follow(node.source, at, depth)
    if (hasAnchor(node)) this.anchors.set(node.anchor, node)
    if (isMap(node)) return this.map(node, at, depth)
    if (isSeq(node)) {
      const items = node.items.map(item => this.read(item, depth + 1))
      return { kind: 'list', items: items.filter(isTree), at }
    }
    return isScalar(node) ? this.scalar(node, at) : nothing(at)
  }

  private follow(name: string, at: Span, depth: number): Tree | undefined {
    const target = this.anchors.get(name)
    if (target === undefined) return this.stop('sigma/yaml', `YAML: there is no anchor "${name}" above`, at)
    return this.read(target, depth + 1)
  }

  private map(node: YAMLMap, at: Span, depth: number): Tree | undefined {
    const entries = new Map<string, TreeEntry>()
    const lent: TreeEntry[] = []
    for (const pair of node.items) {
      const keyAt = this.span(pair.key)
      if (!isScalar(pair.key)) return this.stop('sigma/key', 'a key is not a plain name', keyAt)
      const value = pair.value === null ? nothing(keyAt) : this.read(pair.value, depth + 1)
      if (isMergeKey(pair.key)) {
        lent.push(...this.lent(value, keyAt))
        continue
      }
      const read = this.scalar(pair.key, keyAt)
      const key = read.kind === 'scalar' ? read.text : ''
      if (entries.has(key)) {
        this.problems.error('sigma/duplicate-key', `the key "${key}" stands twice in one map`, {
          at: keyAt,
          help: 'only one of them could count; join or rename them',
        })
      }
      if (value !== undefined) entries.set(key, { key, keyAt, value })
    }
    for (const entry of lent) if (!entries.has(entry.key)) entries.set(entry.key, entry)
    return { kind: 'map', entries: [...entries.values()], at }
  }

  /** What `<<` takes over from a map, or from a list of maps of which the first has the say. */
  private lent(value: Tree | undefined, at: Span): readonly TreeEntry[] {
    if (value === undefined) return []
    const maps = value.kind === 'list' ? value.items : [value]
    return maps.flatMap(map => {
      if (map.kind === 'map') return map.entries
      this.stop('sigma/yaml', `YAML: "<<" takes over the keys of maps, and this is ${kindOf(map)}`, at)
      return []
    })
  }

  private scalar(node: Scalar, at: Span): Tree {
    const value = plainValue(node)
    const text = typeof value === 'string' ? value : numberText(node, value)
    const quoted = node.type === 'QUOTE_SINGLE' || node.type === 'QUOTE_DOUBLE' ? 1 : 0
    const from = at.start - this.offset + quoted
    const verbatim = this.text.startsWith(text, from) && node.type !== 'BLOCK_FOLDED'
    return { kind: 'scalar', value, text, at, ...(verbatim ? { verbatim: this.offset + from } : {}) }
  }

  private span(node: unknown): Span {
    const range = hasRange(node) ? node.range : undefined
    const start = this.offset + (range?.[0] ?? 0)
    return this.places(start, Math.max(start + 1, this.offset + (range?.[1] ?? 0)))
  }

  private stop(code: string, message: string, at: Span): undefined {
    this.stopped = true
    this.problems.error(code, message, { at })
    return undefined
  }
}

function plainValue(node: Scalar): string | number | boolean | null {
  const { value, source = '' } = node
  if (typeof value === 'number' && (/^[-+]?0\d/.test(source) || !Number.isFinite(value))) return source
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'string') return value
  return value === null || value === undefined ? null : String(value)
}

/** A number as it is written. */
function numberText(node: Scalar, value: number | boolean | null): string {
  if (value === null) return node.source ?? ''
  return typeof value === 'number' ? (node.source ?? String(value)) : String(value)
}

/** YAML 1.1's key that takes over the keys of another map; the readers that rules are tested with know it. */
function isMergeKey(key: Scalar): boolean {
  return key.type === 'PLAIN' && key.source === '<<'
}

function nothing(at: Span): Tree {
  return { kind: 'scalar', value: null, text: '', at }
}

function isTree(tree: Tree | undefined): tree is Tree {
  return tree !== undefined
}

function hasAnchor(node: unknown): node is { readonly anchor: string } {
  return typeof node === 'object' && node !== null && 'anchor' in node && typeof node.anchor === 'string'
}

function hasRange(node: unknown): node is { readonly range: readonly [number, number, number] } {
  return typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range)
}
