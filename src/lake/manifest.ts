import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isManifest, type Manifest } from './manifest-shape.ts'

export type { LakeFile, LakeInput, Manifest } from './manifest-shape.ts'

const EMPTY: Manifest = {
  version: 2,
  files: [],
  inputs: [],
  fields: {},
  dottedKeys: {},
  dottedNames: {},
  oddNames: {},
}
const NAME = 'manifest.json'

/** Is there a lake in that folder? Folders of other things may have a manifest too. */
export function isLake(folder: string): boolean {
  const file = join(folder, NAME)
  if (!existsSync(file)) return false
  if (readFileSync(file, 'latin1').startsWith(HEAD)) return true
  const data = join(folder, 'data')
  return existsSync(data) && readdirSync(data).some(name => name.startsWith('source='))
}

const HEAD = '{"version":2,"files":['

/** A manifest that cannot be used; the message is for people. */
export class ManifestError extends Error {}

/** Throws `ManifestError` if there is one that cannot be read. */
export function readManifest(folder: string): Manifest {
  const file = join(folder, NAME)
  if (!existsSync(file)) return EMPTY
  const value = parsed(file)
  if (value.version !== EMPTY.version)
    throw new ManifestError(
      `${file} was made by another version of nephoscope; ingest the logs into a new folder`,
    )
  const manifest = { dottedKeys: {}, ...value }
  if (!isManifest(manifest)) throw damaged(file)
  return manifest
}

function parsed(file: string): { readonly version?: unknown } {
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'))
    if (typeof value === 'object' && value !== null) return value
  } catch (cause) {
    throw damaged(file, cause)
  }
  throw damaged(file)
}

function damaged(file: string, cause?: unknown): Error {
  return new ManifestError(`${file} is damaged; restore it, or ingest into a new folder`, { cause })
}

/** Makes it what the lake holds, at once: a crash leaves the old manifest or the new one. */
export function writeManifest(folder: string, manifest: Manifest): void {
  mkdirSync(folder, { recursive: true })
  const draft = join(folder, `${NAME}.${process.pid}.part`)
  writeFileSync(draft, `${JSON.stringify(manifest)}\n`, { flush: true })
  renameSync(draft, join(folder, NAME))
}
