import { renamed } from './renames.ts'

const technique = /^attack\.(t\d{4}(?:\.\d{3})?)$/i

/**
 * The technique ids among a rule's tags: those of the current release first, also where a tag names an older id,
 * then the older ids, so that a search for either finds the rule.
 */
export function techniquesOf(tags: readonly string[]): readonly string[] {
  const named = tags.flatMap(tag => technique.exec(tag)?.[1]?.toUpperCase() ?? [])
  const current = named.map(id => renamed.get(id) ?? id)
  const older = named.filter(id => renamed.has(id))
  return [...new Set([...current, ...older])]
}
