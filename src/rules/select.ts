import { type Diagnostic, type Outcome, ok, refused } from '../core/diagnostic.ts'
import { LEVELS, type Level } from '../core/level.ts'
import { nearest } from '../core/nearest.ts'
import type { RuleMeta } from '../plan/rule.ts'

/** What a rule may be chosen by. */
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

/** Reads `tag=attack.t1537`, `level:high`, `status=experimental`, `id=…`; several may be joined with commas. */
export function parseChoices(texts: readonly string[]): Outcome<readonly Choice[]> {
  const problems: Diagnostic[] = []
  const choices = texts
    .flatMap(text => text.split(','))
    .flatMap(text => {
      const match = /^\s*([a-z]+)\s*[=:]\s*(.+?)\s*$/i.exec(text)
      const key = KEYS.find(one => one === match?.[1]?.toLowerCase())
      if (match?.[2] !== undefined && key !== undefined) return [{ key, value: match[2].toLowerCase() }]
      problems.push(unknownChoice(text, match?.[1]))
      return []
    })
  return problems.length > 0 ? refused(problems) : ok(choices)
}

function unknownChoice(text: string, key: string | undefined): Diagnostic {
  const close = key === undefined ? undefined : nearest(key, KEYS)
  const hint = close === undefined ? '' : ` Did you mean "${close}"?`
  return {
    code: 'rules/unknown-choice',
    severity: 'error',
    message: `"${text.trim()}" does not choose rules`,
    help: `write KEY=VALUE, where KEY is one of ${KEYS.join(', ')}.${hint}`,
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
      return meta.tags
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
