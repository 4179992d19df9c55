import { nearest } from '../../core/nearest.ts'
import type { Cursor } from './cursor.ts'
import { bare } from './pieces.ts'
import type { Setting } from './syntax-parts.ts'

/** Settings such as `window=5, threshold=3`, with or without commas between them. */
export function settings(cursor: Cursor, known: readonly string[]): readonly Setting[] {
  const found: Setting[] = []
  while (startsSetting(cursor)) {
    cursor.symbol(',')
    const { text, start } = cursor.next()
    const key = text.toLowerCase()
    cursor.expectSymbol('=')
    if (!known.includes(key)) {
      const near = nearest(key, known)
      const help = near === undefined ? `it has ${known.join(', ')}` : `did you mean "${near}"?`
      cursor.fail('sumo/unknown-setting', `there is no setting "${text}"`, start, help)
    }
    found.push({ key, value: bare(cursor, `a value for "${key}"`) })
    if (cursor.failed) break
  }
  return found
}

function startsSetting(cursor: Cursor): boolean {
  const { kind } = cursor.peek()
  if (kind === 'word') return cursor.peekSecond().text === '='
  return cursor.isSymbol(',') && cursor.peekSecond().kind === 'word' && cursor.settingBehindComma()
}
