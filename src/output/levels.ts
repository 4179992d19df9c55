import type { Level } from '../core/level.ts'

/** As column heads have them. */
export const SHORT_LEVELS: Record<Level, string> = {
  critical: 'crit',
  high: 'high',
  medium: 'med',
  low: 'low',
  informational: 'info',
}

/** Makes text bold, dim, or of a level's colour on a terminal; or leaves it as it is. */
export interface Paint {
  readonly bold: (text: string) => string
  readonly dim: (text: string) => string
  readonly level: (level: Level, text: string) => string
}

export function painter(colour: boolean): Paint {
  const sgr = (codes: string, text: string) => (colour ? `\x1b[${codes}m${text}\x1b[0m` : text)
  return {
    bold: text => sgr('1', text),
    dim: text => sgr('2', text),
    level: (level, text) => sgr(LEVEL_CODES[level], text),
  }
}

/** Parameters of the escape sequence: red, orange, yellow, green, dim. */
const LEVEL_CODES: Record<Level, string> = {
  critical: '1;31',
  high: '38;5;208',
  medium: '33',
  low: '32',
  informational: '2',
}
