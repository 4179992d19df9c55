import { readFileSync } from 'node:fs'
import { isObject, type Json, textMember } from '../core/json.ts'

const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as Json

/** The version of this package. */
export const version: string = (isObject(manifest) ? textMember(manifest, 'version') : undefined) ?? '0.0.0'
