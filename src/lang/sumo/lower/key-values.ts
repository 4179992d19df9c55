import type { Cell } from '../../../plan/relation.ts'

/** `key=value`, `key: "a value"`, `key->value`, `"key":"value"`: the value is the group `value`. */
export function inferredPattern(key: string, delimiter?: string): string {
  return `${BEFORE_KEY}${literal(key)}["']?\\s*${between(delimiter)}\\s*(?:"(?<value>[^"]*)"|'(?<value>[^']*)'|(?<value>[^\\s,;&"'\\]}]+))`
}

/**
 * The pattern of `kv regex "…"` for one key: its value is the last group. A first one of two is the key; else the key stands
 * somewhere before the pattern.
 */
export function keyPattern(key: string, raw: string): string {
  const pattern = raw.replace(/\\"/g, '"')
  const groups = [...pattern.matchAll(/(?<!\\)\((?!\?)[^()]*\)/g)]
  const [first, second] = groups
  if (first === undefined || second === undefined)
    return `(?s:(?:^|\\W)${literal(key)}${/\w$/.test(key) ? '\\b' : ''}.*?)${pattern}`
  return pattern.slice(0, first.index) + literal(key) + pattern.slice(first.index + first[0].length)
}

/** The keys that messages have, in the order in which they come. */
export function inferredKeys(texts: readonly (Cell | undefined)[], delimiter?: string): string[] {
  const pair = new RegExp(
    `${BEFORE_KEY}([A-Za-z_][\\w.-]{0,100}?)["']?\\s*${between(delimiter)}\\s*["']?[^\\s,;&"']`,
    'g',
  )
  const keys = new Set<string>()
  for (const text of texts) {
    if (typeof text !== 'string') continue
    for (const [, key] of text.matchAll(pair)) {
      if (key !== undefined) keys.add(key)
    }
  }
  return [...keys]
}

const BEFORE_KEY = `(?:^|[\\s,;{(\\[&?"'|])`

/** What stands between a key and its value. */
function between(delimiter: string | undefined): string {
  return delimiter === undefined ? '(?:=|:|->)' : literal(delimiter)
}

/** The field of a key: what cannot stand in a name becomes `_`. */
export function fieldOfKey(key: string): string {
  return key.replace(/\W/g, '_')
}

function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
}
