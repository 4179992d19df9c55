import { writtenText } from './texts.ts'

const PARTS = /\\{1,2}\$|\\\\\\\\|\\(.)|\$\{(\w+)\}|\$(\d)|\\/gs

/**
 * What `replace` puts in the place of a match, in the form of `substitute`: `$1`, `$0` and `${name}` are what groups
 * caught, `\$` is a dollar sign.
 */
export function replacement(raw: string, groups: ReadonlyMap<string, readonly number[]>): string {
  return raw.replace(PARTS, (found, character?: string, name?: string, digit?: string) => {
    if (found.endsWith('$')) return '$'
    if (character !== undefined) return writtenText(found).replaceAll('\\', '\\\\')
    if (name !== undefined) return `\\${groups.get(name)?.[0] ?? 0}`
    return digit === undefined ? '\\\\' : `\\${digit}`
  })
}
