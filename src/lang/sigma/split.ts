/** A piece of a text, and where it starts. */
export interface Piece {
  readonly text: string
  readonly offset: number
}

/**
 * Cuts a YAML text at its `---` lines, so that a broken document cannot spoil the others: at the start of a
 * line these three signs are a separator wherever they stand, even inside a text. Pieces that hold only
 * comments are left out.
 */
export function splitDocuments(text: string): readonly Piece[] {
  const starts = [0]
  for (const found of text.matchAll(/^---(?=[ \t\r\n]|$)/gm)) {
    if (found.index > 0) starts.push(found.index)
  }
  return starts
    .map((offset, index) => ({ text: text.slice(offset, starts[index + 1]), offset }))
    .filter(piece => !piece.text.split('\n').every(isEmpty))
}

/** Blank, a comment, a marker or a directive. */
function isEmpty(line: string): boolean {
  return /^(---|\.\.\.)?\s*(#|$)/.test(line) || line.startsWith('%')
}
