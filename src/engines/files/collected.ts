import type { JsonObject } from '../../core/json.ts'

/** What a collector says of the event that it wrote into `_raw`: its texts and numbers, by name. */
export function collected(
  around: JsonObject | undefined,
): readonly (readonly [name: string, text: string])[] {
  if (around === undefined) return []
  return Object.entries(around).flatMap(([name, value]) =>
    name !== '_raw' && (typeof value === 'string' || typeof value === 'number')
      ? [[name, String(value)] as const]
      : [],
  )
}
