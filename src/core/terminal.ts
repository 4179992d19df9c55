/**
 * What a screen obeys or hides rather than shows: C0 and C1 controls, line and paragraph separators, marks that
 * turn the direction of text, invisible characters, tags, and lone surrogates.
 */
const UNSEEN =
  /[\x00-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}\p{Surrogate}]/gu

/** Every character that would not be seen as itself becomes an escape that is; one line stays one line. */
export function terminalSafe(text: string): string {
  return text.replace(UNSEEN, escaped)
}

/** The same, but line ends and tabs stay: for pages, where they do no harm. */
export function visible(text: string): string {
  return text.replace(UNSEEN, seen => (seen === '\n' || seen === '\t' ? seen : escaped(seen)))
}

/** JSON that says the same, in which every character that would not be seen as itself is an escape. */
export function safeJson(value: unknown, indent?: number): string {
  const text = JSON.stringify(value, undefined, indent)
  return /[^\n -~]/.test(text) ? text.replace(UNSEEN, unit) : text
}

/** The line ends of an indented text stay: those of values are escapes already. */
function unit(character: string): string {
  if (character === '\n') return character
  return Array.from(
    { length: character.length },
    (_, at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`,
  ).join('')
}

const NAMED: ReadonlyMap<string, string> = new Map([
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
])

function escaped(character: string): string {
  const named = NAMED.get(character)
  if (named !== undefined) return named
  const code = character.codePointAt(0) ?? 0
  const digits = code.toString(16)
  if (code < 0x100) return `\\x${digits.padStart(2, '0')}`
  return code < 0x10000 ? `\\u${digits.padStart(4, '0')}` : `\\u{${digits}}`
}
