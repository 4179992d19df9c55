import { nearest } from '../../../core/nearest.ts'
import type { LookupTable } from '../../../plan/lowering.ts'
import type { Text } from '../syntax-parts.ts'
import type { Context } from './flow.ts'
import { refuse } from './refuse.ts'

/**
 * The table that `path://"/shared/users"`, `/shared/users` or an address names: by its whole path,
 * or by its last part. What `sumo://` would give is a service's: without a table of that name there is nothing, with a
 * note, and the result is undefined.
 */
export function lookupNamed({ raw, at }: Text, { environment }: Context): LookupTable | undefined {
  const path = raw
    .replace(/^"|"$/g, '')
    .replace(/^(?:path|sumo):\/\//i, '')
    .replace(/^"|"$/g, '')
  const last = path.split('/').at(-1) ?? path
  const names = [path, path.replace(/^\//, ''), `/${path}`, last, last.replace(/\.csv$/i, '')]
  for (const name of names) {
    const found = environment.lookup(name)
    if (found !== undefined) return found
  }
  if (/^"?sumo:/i.test(raw)) {
    const message = `"${raw}" is a service of Sumo Logic's own: these fields are empty`
    const help = `give a table of your own as a lookup called "${path}"`
    environment.note({ code: 'sumo/no-service', severity: 'warning', message, at, help })
    return undefined
  }
  const near = nearest(last, environment.lookupNames)
  const there =
    environment.lookupNames.length === 0
      ? 'give one with --lookups'
      : `there are ${environment.lookupNames.join(', ')}`
  return refuse(
    'unknown-lookup',
    `there is no lookup "${path}"`,
    at,
    near === undefined ? there : `did you mean "${near}"?`,
  )
}
