/** Splunk's automatic extraction reads so many characters of an event (`maxchars` of limits.conf). */
const READ = 10_240
const PAIR = /(?<![\w.])([A-Za-z_][\w.]*)=(?:"((?:[^"\\]|\\.)*)"|([^\s,;()"]+))/g

/** The pairs `name=value` and `name="value"` in a text that is no JSON, as Splunk extracts them; the first of a name counts. */
export function keyValues(text: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  for (const [, name = '', quoted, bare] of text.slice(0, READ).matchAll(PAIR)) {
    if (!found.has(name)) found.set(name, quoted ?? bare ?? '')
  }
  return found
}
