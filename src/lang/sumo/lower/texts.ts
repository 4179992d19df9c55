/** How the raw texts of a query (see `Text`) read where they stand. */

/** In a comparison: `\"` is a quote and `\\` a backslash; any other backslash stands for itself, as in `C:\temp`. */
export function comparedText(raw: string): string {
  return raw.replace(/\\(["\\])/g, '$1')
}

const CONTROLS: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' }

/** In a message, or a text that is made: `\n`, `\r` and `\t` are what they are elsewhere. */
export function writtenText(raw: string): string {
  return raw.replace(/\\(["\\nrt])/g, (_, character: string) => CONTROLS[character] ?? character)
}

/** With `*` for each `{{parameter}}` that nobody gave. */
export function filled(raw: string): string {
  return raw.replace(/\{\{[^{}\n]*\}\}/g, '*')
}
