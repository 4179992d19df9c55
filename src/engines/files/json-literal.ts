/** A number, `true`, `false` or `null`, where it ends with what follows; or more text is needed to tell; or it is none. */
export type Literal =
  | { readonly kind: 'literal'; readonly text: string; readonly end: number }
  | { readonly kind: 'more' | 'none' }

const WORD = /[-+.\w]+/y
const LITERAL = /^(?:-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?|true|false|null)$/
const REST_OF_LINE = /[ \t\r,]*(?:\n|$|(?=[{["]))/y
const LONGEST = 4096

export interface LiteralOptions {
  /** It must be the last of its line or stand before a bracket or quote, lest other text is taken for numbers. */
  readonly endsLine: boolean
  /** No more text comes. */
  readonly ended: boolean
}

/** Reads a JSON literal at a place in a text that may go on. */
export function literalAt(text: string, at: number, { endsLine, ended }: LiteralOptions): Literal {
  WORD.lastIndex = at
  const word = WORD.exec(text)?.[0] ?? ''
  let end = at + word.length
  if (endsLine) {
    REST_OF_LINE.lastIndex = end
    const rest = REST_OF_LINE.exec(text)
    if (rest === null) return { kind: 'none' }
    end += rest[0].length
  }
  if (end === text.length && !ended) return { kind: word !== '' && end - at < LONGEST ? 'more' : 'none' }
  return LITERAL.test(word) ? { kind: 'literal', text: word, end } : { kind: 'none' }
}
