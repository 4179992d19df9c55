import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { renamed } from '../../src/attack/renames.ts'
import { missing, sharedJson } from '../plain/shared-data.ts'

const RELEASE = 'attack/enterprise-18.1.json.gz'
const CHANGES = 'attack/v19-changes.json'

interface Technique {
  readonly type: string
  readonly revoked?: boolean
  readonly x_mitre_deprecated?: boolean
  readonly external_references?: readonly { readonly source_name: string; readonly external_id?: string }[]
}

/** Ids of techniques that the last release that is there, or the changes to the one after, know and use. */
function techniques(): ReadonlySet<string> {
  const bundle = sharedJson(RELEASE) as { readonly objects: readonly Technique[] }
  const inUse = bundle.objects.filter(
    ({ type, revoked, x_mitre_deprecated }) =>
      type === 'attack-pattern' && revoked !== true && x_mitre_deprecated !== true,
  )
  const ids = inUse.flatMap(({ external_references }) =>
    (external_references ?? []).flatMap(({ source_name, external_id }) =>
      source_name === 'mitre-attack' && external_id !== undefined ? [external_id] : [],
    ),
  )
  const changes = sharedJson(CHANGES) as readonly { readonly to: string }[]
  return new Set([...ids, ...changes.map(({ to }) => to)])
}

const noRelease = missing(RELEASE, CHANGES)

test.skipIf(noRelease !== undefined)(
  noRelease ?? 'every technique that a rule names is in use, or renamed to one that is',
  () => {
    const known = techniques()
    const files = readFileSync('content/builtin.txt', 'utf8').trimEnd().split('\n')
    const unknown = files.flatMap(file => {
      const tags = readFileSync(join('content', file), 'utf8').matchAll(/\battack\.(t\d{4}(?:\.\d{3})?)\b/g)
      const ids = [...tags].map(([, id = '']) => id.toUpperCase())
      return ids.filter(id => !known.has(renamed.get(id) ?? id)).map(id => `${file}: ${id}`)
    })
    expect(unknown).toEqual([])
  },
)
