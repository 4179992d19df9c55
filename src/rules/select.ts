import { type Diagnostic, type Outcome, ok, refused } from '../core/diagnostic.ts'
import { LEVELS, type Level, levelNamed } from '../core/level.ts'
import { nearest } from '../core/nearest.ts'
import type { RuleMeta } from '../plan/rule.ts'

/** What a rule may be chosen by. A tag of ATT&CK may be written without its `attack.`. */
const KEYS = ['tag', 'level', 'status', 'id', 'title', 'author'] as const
type Key = (typeof KEYS)[number]

export interface Choice {
  readonly key: Key
  /** In lower case; `*` stands for anything. */
  readonly value: string
}

export interface Selection {
  readonly minLevel?: Level
  readonly include: readonly Choice[]
  readonly exclude: readonly Choice[]
}

/**
 * Reads `tag=T1537`, `level:high`, `status=test,stable`, `id=…`. Several may be joined with commas; one without a key
 * has that of the one before it.
 */
export function parseChoices(texts: readonly string[]): Outcome<readonly Choice[]> {
  const problems: Diagnostic[] = []
  const choices: Choice[] = []
  for (const text of texts) {
    let key: Key | undefined
    for (const part of text.split(',')) {
      const [, name, value = ''] = /^\s*(?:([a-z]+)\s*[=:])?\s*(.*?)\s*$/i.exec(part) ?? []
      if (name !== undefined) key = KEYS.find(one => one === name.toLowerCase())
      const wanted = key === 'level' && !value.includes('*') ? levelNamed(value) : value.toLowerCase()
      if (key === undefined || value === '') problems.push(unknownChoice(part, name, KEY_HELP))
      else if (wanted === undefined) problems.push(unknownChoice(part, value, LEVEL_HELP))
      else choices.push({ key, value: wanted })
    }
  }
  return problems.length > 0 ? refused(problems) : ok(choices)
}

interface Help {
  readonly how: string
  readonly known: readonly string[]
}

const KEY_HELP: Help = { how: 'write KEY=VALUE, where KEY is one of', known: KEYS }
const LEVEL_HELP: Help = { how: 'the levels are', known: LEVELS }

function unknownChoice(text: string, word = '', { how, known }: Help): Diagnostic {
  const close = nearest(word, known)
  const hint = close === undefined ? '' : ` Did you mean "${close}"?`
  return {
    code: 'rules/unknown-choice',
    severity: 'error',
    message: `"${text.trim()}" does not choose rules`,
    help: `${how} ${known.join(', ')}.${hint}`,
  }
}

/** Is the rule to run? All kinds of `include` must agree (any value of a kind does), and no `exclude`. */
export function selects(selection: Selection, meta: RuleMeta): boolean {
  const { minLevel, include, exclude } = selection
  if (minLevel !== undefined && LEVELS.indexOf(meta.level) < LEVELS.indexOf(minLevel)) return false
  if (exclude.some(choice => fits(choice, meta))) return false
  return KEYS.every(key => {
    const wanted = include.filter(choice => choice.key === key)
    return wanted.length === 0 || wanted.some(choice => fits(choice, meta))
  })
}

function fits({ key, value }: Choice, meta: RuleMeta): boolean {
  return valuesFor(key, meta).some(text => like(text.toLowerCase(), value))
}

function valuesFor(key: Key, meta: RuleMeta): readonly string[] {
  switch (key) {
    case 'tag':
      return meta.tags.flatMap(tag => [tag, tag.replace(/^attack\./i, '')])
    case 'level':
      return [meta.level]
    case 'status':
      return meta.status === undefined ? [] : [meta.status]
    case 'id':
      return [meta.id, ...meta.related]
    case 'title':
      return [meta.title]
    case 'author':
      return meta.author === undefined ? [] : [meta.author]
  }
}

/** A text against one with stars: the pieces between them must occur in turn. */
function like(text: string, wanted: string): boolean {
  const [head = '', ...rest] = wanted.split('*')
  const tail = rest.pop()
  if (tail === undefined) return text === wanted
  if (!text.startsWith(head)) return false
  let at = head.length
  for (const piece of rest) {
    const found = text.indexOf(piece, at)
    if (found < 0) return false
    at = found + piece.length
  }
  return text.length - tail.length >= at && text.endsWith(tail)
}
