import type { Json } from './json.ts'

/** Compact JSON text (separators `,` and `:`, nothing escaped that need not be); empty if it is nested too deeply to print. */
export function compactJson(value: Json): string {
  try {
    return JSON.stringify(value)
  } catch (error) {
    if (error instanceof RangeError) return ''
    throw error
  }
}

/**
 * The text by which a value is compared: a string itself, a number in its shortest form (`1.0` is `1`), `true`,
 * `false`, a container's compact JSON. Null has none.
 */
export function textOf(value: Json): string | undefined {
  if (typeof value === 'string') return value
  if (value === null) return undefined
  return typeof value === 'object' ? compactJson(value) : String(value)
}
