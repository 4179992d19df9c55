/** What a JSON text makes of memory and of the stack, beyond its length. */
export interface JsonLoad {
  readonly values: number
  /** Brackets within brackets. */
  readonly depth: number
}

const QUOTE = 0x22
const COMMA = 0x2c
const BACKSLASH = 0x5c
/** `[` and `{`, `]` and `}` differ in this bit only. */
const CURLY = 0x20
const OPEN_BRACKET = 0x5b
const CLOSE_BRACKET = 0x5d

/** Counts the values and the depth of a JSON text without building it; of other text it gives some numbers. */
export function jsonLoad(text: string): JsonLoad {
  let values = 1
  let depth = 0
  let deepest = 0
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    if (unit === QUOTE) at = closingQuote(text, at)
    else if (unit === COMMA) values++
    else if ((unit & ~CURLY) === OPEN_BRACKET) {
      values++
      if (++depth > deepest) deepest = depth
    } else if ((unit & ~CURLY) === CLOSE_BRACKET) depth--
  }
  return { values, depth: deepest }
}

function closingQuote(text: string, quote: number): number {
  for (let at = text.indexOf('"', quote + 1); at >= 0; at = text.indexOf('"', at + 1)) {
    let from = at
    while (text.charCodeAt(from - 1) === BACKSLASH) from--
    if ((at - from) % 2 === 0) return at
  }
  return text.length
}
