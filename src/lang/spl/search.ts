import { type Diagnostic, type Outcome, ok, refused, type Span } from '../../core/diagnostic.ts'
import { Refusal, type Search } from '../../plan/lowering.ts'
import { checked } from './check.ts'
import { lowerSearch } from './lower/search.ts'
import type { Macros } from './macros/macro.ts'
import { parseSpl } from './parse.ts'
import { prefilter } from './prefilter.ts'
import type { Stages, Search as Tree } from './syntax/tree.ts'
import { timeBounds } from './time-bounds.ts'
import { objectsIn } from './walk.ts'
import { wishOf } from './wish.ts'
import { wordsNeeded } from './words-needed.ts'

export { readMacrosConf } from './macros/conf.ts'
export type { Macros as MacroTable } from './macros/macro.ts'

export interface SplOptions {
  readonly macros?: Macros
}

/**
 * Reads a search of Splunk's language and makes sure that its commands and functions are ones that run. Problems
 * whose code begins with `spl/unsupported` or `spl/unknown` are about what does not run; all others are about the
 * text itself.
 */
export function splSearch(text: string, { macros = new Map() }: SplOptions = {}): Outcome<Search> {
  const { search: tree, problems } = parseSpl(text, macros)
  const all = [...problems, ...checked(tree), ...inTemplates(tree, macros)]
  if (all.some(({ severity }) => severity === 'error')) return refused(all)
  const read = (piece: string, at: Span): Tree => reread(piece, at, macros)
  const filter = prefilter(tree)
  const words = wordsNeeded(tree)
  const search: Search = {
    wish: wishOf(tree),
    bounds: now => timeBounds(tree, now),
    ...(filter === undefined ? {} : { prefilter: filter }),
    ...(words.length === 0 ? {} : { words }),
    lower: environment => lowerSearch(tree, environment, read),
  }
  return ok(search, all)
}

/** What is wrong with the searches of `map`, whatever the rows put into them. */
function inTemplates(tree: Tree, macros: Macros): readonly Diagnostic[] {
  return [...objectsIn(tree)].flatMap(node => {
    if (node['kind'] !== 'map') return []
    const { template, templateAt } = node as unknown as Stages['map']
    const { search, problems } = parseSpl(template.replaceAll(/\$[\w.{}-]+\$/g, 'x'), macros)
    return [...problems, ...checked(search)].map(problem => placed(problem, templateAt))
  })
}

/** Text that a search made itself; it stands where its command stands. */
function reread(text: string, at: Span, macros: Macros): Tree {
  const { search, problems } = parseSpl(text, macros)
  const wrong = problems.find(({ severity }) => severity === 'error')
  if (wrong !== undefined) throw new Refusal(placed(wrong, at))
  return moved(search, at)
}

function placed(problem: Diagnostic, at: Span): Diagnostic {
  return { ...problem, at }
}

/** The same tree with all its places at one. */
function moved(search: Tree, at: Span): Tree {
  return replaced(search, at) as Tree
}

function replaced(value: unknown, at: Span): unknown {
  if (Array.isArray(value)) return value.map(member => replaced(member, at))
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([key, member]) => [
    key,
    key === 'at' ? at : replaced(member, at),
  ])
  return Object.fromEntries(entries)
}
