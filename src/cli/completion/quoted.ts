/** One word for a shell, in single quotes. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", `'"'"'`)}'`
}
