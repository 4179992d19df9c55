import type { SignalValues } from './signal.ts'

/** Field -> values; a field may come several times. */
export function signalValues(fields: Iterable<readonly [string, readonly string[]]>): SignalValues {
  const values: { [field: string]: readonly string[] } = {}
  for (const [field, texts] of fields) {
    const before = Object.hasOwn(values, field) ? (values[field] ?? []) : []
    const list = before.length === 0 ? texts : [...before, ...texts]
    if (field !== '__proto__') values[field] = list
    else
      Object.defineProperty(values, field, {
        value: list,
        enumerable: true,
        configurable: true,
        writable: true,
      })
  }
  return values
}
