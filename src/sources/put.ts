import type { Json } from '../core/json.ts'

/** An object under construction. */
export type Growing = { [key: string]: Json }

/** Sets an own member, also one called `__proto__`, which plain assignment would not make one. */
export function put(object: Growing, key: string, value: Json): void {
  if (key === '__proto__') {
    Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true })
  } else object[key] = value
}
