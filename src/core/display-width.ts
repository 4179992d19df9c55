const MARKS = /^(?:\p{Mn}|\p{Me}|\u200c|\u200d)$/u
const WIDE =
  /^[\p{Emoji_Presentation}\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]$/u

/** How many columns a text that is safe for a terminal takes there. */
export function displayWidth(text: string): number {
  let width = 0
  for (const character of text) width += characterWidth(character)
  return width
}

/** The text in at most so many columns; what is left out shows as `…`. */
export function truncate(text: string, columns: number): string {
  if (text.length <= columns && displayWidth(text) <= columns) return text
  const kept = head(text, Math.max(0, columns - 1))
  return columns < 1 ? '' : `${kept}…`
}

/** The text with spaces after it up to so many columns. */
export function pad(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - displayWidth(text)))
}

/** Lines of at most so many columns, broken at spaces where there are any. */
export function wrap(text: string, columns: number): readonly string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ').flatMap(long => pieces(long, columns))) {
    const longer = line === '' ? word : `${line} ${word}`
    if (line !== '' && displayWidth(longer) > columns) {
      lines.push(line)
      line = word
    } else line = longer
  }
  return [...lines, line]
}

function pieces(word: string, columns: number): readonly string[] {
  const parts: string[] = []
  let rest = word
  while (rest.length > 0 && displayWidth(rest) > columns) {
    const part = head(rest, Math.max(2, columns))
    parts.push(part)
    rest = rest.slice(part.length)
  }
  return [...parts, rest]
}

function head(text: string, columns: number): string {
  let width = 0
  let end = 0
  for (const character of text) {
    width += characterWidth(character)
    if (width > columns) break
    end += character.length
  }
  return text.slice(0, end)
}

/** Below U+0300, and among the punctuation that we print ourselves, nothing is wide or a mark: the patterns take long to compile. */
function characterWidth(character: string): number {
  if (character < '\u0300' || (character >= '\u2010' && character <= '\u20cf')) return 1
  if (MARKS.test(character)) return 0
  return WIDE.test(character) ? 2 : 1
}
