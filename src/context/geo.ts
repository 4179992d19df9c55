import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Reader, type Response } from 'mmdb-lib'
import type { Ip } from '../core/ip.ts'
import { detailsOf, type Fields, type GeoDetails, isFields } from './geo-details.ts'
import { addressOf } from './network-index.ts'
import { isPrivate } from './network-verdict.ts'

/** Something that a database tells, or why it does not. */
export type Known<T> =
  | { readonly kind: 'known'; readonly value: T }
  | { readonly kind: 'unknown'; readonly reason: string }

export interface Place {
  /** ISO 3166, two letters. */
  readonly country: Known<string>
  readonly asn: Known<number>
  /** Who runs the autonomous system. */
  readonly organization: Known<string>
}

/** Countries and autonomous systems of addresses. */
export interface Geo {
  readonly files: readonly { readonly file: string; readonly type: string; readonly built: Date }[]
  /** Files that are none, and why. */
  readonly problems: readonly { readonly file: string; readonly message: string }[]
  place(address: string): Place
  details(address: string): GeoDetails
}

type Database = Reader<Response>

/** Opens the `.mmdb` files of a folder, whoever made them. Throws if the folder cannot be read. */
export function openGeo(folder: string): Geo {
  const names = readdirSync(folder).filter(name => /\.mmdb$/i.test(name))
  return openGeoFiles(names.sort().map(name => join(folder, name)))
}

/** Opens these files. Throws if one cannot be read. */
export function openGeoFiles(files: readonly string[]): Geo {
  return geoOf(files.map(file => ({ file, bytes: readFileSync(file) })))
}

/** The same over files that were read. */
export function geoOf(sources: readonly { readonly file: string; readonly bytes: Buffer }[]): Geo {
  const databases: Database[] = []
  const files: { file: string; type: string; built: Date }[] = []
  const problems: { file: string; message: string }[] = []
  for (const { file, bytes } of sources) {
    try {
      const database: Database = new Reader(bytes)
      const { databaseType, buildEpoch } = database.metadata
      databases.push(database)
      files.push({ file, type: databaseType, built: buildEpoch })
    } catch (error) {
      problems.push({ file, message: `it is no MMDB file that can be read: ${messageOf(error)}` })
    }
  }
  return {
    files,
    problems,
    place: address => placeOf(databases, address),
    details: address => detailsOf(recordsOf(databases, address)),
  }
}

/** What is said without any database. */
export const noGeo: Geo = geoOf([])

function placeOf(databases: readonly Database[], address: string): Place {
  const ip = addressOf(address)
  if (ip === undefined) return nowhere('it is no address')
  if (isPrivate(ip)) return nowhere('it is a private address')
  if (databases.length === 0) return nowhere('there is no database; give a folder with -G')
  const found = foundIn(databases, ip, address)
  const damaged = found.includes('damaged') ? 'a database is damaged there' : undefined
  const records = found.filter(record => typeof record === 'object')
  const first = <T>(read: (record: Fields) => T | undefined, what: string): Known<T> => {
    const value = records.map(read).find(one => one !== undefined)
    return value === undefined
      ? { kind: 'unknown', reason: damaged ?? `no database has ${what} for it` }
      : { kind: 'known', value }
  }
  return {
    country: first(country, 'a country'),
    asn: first(asn, 'a network'),
    organization: first(operator, 'an operator'),
  }
}

function recordsOf(databases: readonly Database[], address: string): readonly Fields[] {
  const ip = addressOf(address)
  if (ip === undefined || isPrivate(ip)) return []
  return foundIn(databases, ip, address).filter(isFields)
}

type Found = Fields | 'none' | 'damaged'

function foundIn(databases: readonly Database[], ip: Ip, address: string): readonly Found[] {
  const text = ip.version === 4 ? ip.bytes.join('.') : address
  return databases.map(database => recordOf(database, text))
}

function recordOf(database: Database, address: string): Found {
  try {
    const record: unknown = database.get(address)
    return isFields(record) ? record : 'none'
  } catch {
    // The file is the user's, and its bytes may lead anywhere.
    return 'damaged'
  }
}

/** MaxMind and DB-IP nest the code; IPinfo has it flat. */
function country(record: Fields): string | undefined {
  const nested = [record['country'], record['registered_country']].find(isFields)
  const code = nested?.['iso_code'] ?? record['country_code'] ?? record['country']
  return typeof code === 'string' && /^[A-Z]{2}$/i.test(code) ? code.toUpperCase() : undefined
}

function asn(record: Fields): number | undefined {
  const value = record['autonomous_system_number'] ?? record['asn']
  const number = typeof value === 'string' ? Number(value.replace(/^AS/i, '')) : value
  return typeof number === 'number' && Number.isInteger(number) && number > 0 ? number : undefined
}

function operator(record: Fields): string | undefined {
  const value = record['autonomous_system_organization'] ?? record['as_name'] ?? record['as_organization']
  return typeof value === 'string' && value !== '' ? value : undefined
}

function nowhere(reason: string): Place {
  const unknown = { kind: 'unknown', reason } as const
  return { country: unknown, asn: unknown, organization: unknown }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
