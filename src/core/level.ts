/** How serious a match is, in Sigma's words. */
export type Level = 'informational' | 'low' | 'medium' | 'high' | 'critical'

/** From the least to the most serious. */
export const LEVELS: readonly Level[] = ['informational', 'low', 'medium', 'high', 'critical']

const SHORT: ReadonlyMap<string, Level> = new Map([
  ['info', 'informational'],
  ['med', 'medium'],
  ['crit', 'critical'],
])

/** The level of a name or of its usual short form, in any case. */
export function levelNamed(name: string): Level | undefined {
  const wanted = name.toLowerCase()
  return LEVELS.find(level => level === wanted) ?? SHORT.get(wanted)
}
