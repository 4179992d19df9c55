/** What stands behind a top-level key of a YAML text that cannot be read as a whole: one line, without its quotes. */
export function lineValue(text: string, key: 'id' | 'title'): string | undefined {
  const line = new RegExp(`^${key}:[ \\t]+(.*)$`, 'm').exec(text)?.[1]
  const bare = line?.replace(/[ \t]#.*$/, '').trim()
  const value = /^(['"])(.*)\1$/.exec(bare ?? '')?.[2] ?? bare
  return value === undefined || /^([>|][-+\d]*)?$/.test(value) ? undefined : value
}
