/** A text between double quotes: only quotes and backslashes are escaped, any other backslash stays. */
export function unescaped(inner: string): string {
  return inner.includes('\\') ? inner.replaceAll(/\\(["\\])/g, '$1') : inner
}

export function quote(text: string): string {
  return `"${text.replaceAll(/["\\]/g, '\\$&')}"`
}

/** The text as it is if it can stand without quotes, else in quotes. */
export function bareOrQuoted(text: string): string {
  return /^[A-Za-z_@*][\w@.{}:*/-]*$/.test(text) && !RESERVED.test(text) ? text : quote(text)
}

/** Words that mean something between names. */
const RESERVED =
  /^(as|by|over|groupby|and|or|not|in|where|with|from|output|outputnew|sortby|like|xor|d|desc|asc|a)$/i
