import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, extname, join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { type Outcome, ok, Problems, refused } from '../../core/diagnostic.ts'
import { isObject, type Json, type JsonObject, member, textMember } from '../../core/json.ts'
import type { LookupTable } from '../../plan/lowering.ts'

/** Bytes that a lookup may have. */
const LARGEST = 256 * 1024 * 1024
const MOST_MATCHES = 1000

/**
 * The lookups behind a path: a folder of `NAME.csv`, one such file, or a JSON file with
 * `{"lookups": {NAME: {header | fields_list, csv, match_type, …}}}`, whose tables without `csv` are empty.
 */
export function readLookups(path: string): Outcome<readonly LookupTable[]> {
  const problems = new Problems()
  if (!existsSync(path)) {
    problems.error('lookup/not-found', `there is no file or folder ${path}`)
    return refused(problems.list)
  }
  const files = statSync(path).isDirectory()
    ? readdirSync(path)
        .filter(file => extname(file).toLowerCase() === '.csv')
        .sort()
        .map(file => join(path, file))
    : [path]
  const tables = files.flatMap(file => tablesIn(file, problems))
  return problems.failed ? refused(problems.list) : ok(tables, problems.list)
}

function tablesIn(file: string, problems: Problems): readonly LookupTable[] {
  try {
    if (statSync(file).size > LARGEST) throw new Error(`it is larger than ${LARGEST} bytes`)
    const text = readFileSync(file, 'utf8')
    if (extname(file).toLowerCase() === '.json') return described(JSON.parse(text) as Json)
    return [lookupTable(basename(file, extname(file)), rowsOf(text))]
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    problems.error('lookup/unreadable', `the lookup ${file} cannot be read: ${reason}`)
    return []
  }
}

function rowsOf(text: string): readonly (readonly string[])[] {
  const options = {
    bom: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    trim: true,
  }
  return parse(text, options) as string[][]
}

/** A lookup from its lines, the first of which names the columns. A cell of no text is nothing. */
function lookupTable(name: string, lines: readonly (readonly string[])[]): LookupTable {
  const [head = [], ...rest] = lines
  const names = head.map(column => column.trim())
  return {
    name,
    columns: names.map(column => ({ name: column, type: 'text' })),
    relation: {
      op: 'rows',
      // The number of the row keeps their order.
      columns: [
        { name: '$row', type: 'number' },
        ...names.map(column => ({ name: column, type: 'text' }) as const),
      ],
      rows: rest.map((row, number) => [number, ...names.map((_, at) => row[at] || null)]),
    },
    match: {},
    caseSensitive: true,
    maxMatches: MOST_MATCHES,
    minMatches: 0,
  }
}

function described(value: Json): readonly LookupTable[] {
  const all = isObject(value) ? (member(value, 'lookups') ?? value) : null
  if (!isObject(all)) throw new Error('it should be {"lookups": {NAME: {…}}}')
  return Object.entries(all).flatMap(([name, table]) =>
    isObject(table) ? [describedTable(name, table)] : [],
  )
}

function describedTable(name: string, table: JsonObject): LookupTable {
  const csv = textMember(table, 'csv')
  const header = member(table, 'header')
  const listed = textMember(table, 'fields_list')
    ?.split(',')
    .map(field => field.trim())
  const names = listed ?? (Array.isArray(header) ? header.map(field => String(field).trim()) : [])
  const read = lookupTable(name, csv === undefined ? [names.filter(field => field !== '_key')] : rowsOf(csv))
  const most = Number(member(table, 'max_matches'))
  const least = Number(member(table, 'min_matches'))
  const otherwise = textMember(table, 'default_match')
  return {
    ...read,
    match: matchTypes(textMember(table, 'match_type') ?? ''),
    caseSensitive: String(member(table, 'case_sensitive_match') ?? 'true').toLowerCase() !== 'false',
    maxMatches: Number.isInteger(most) && most > 0 ? most : MOST_MATCHES,
    minMatches: Number.isInteger(least) ? least : 0,
    ...(otherwise === undefined ? {} : { defaultMatch: otherwise }),
  }
}

/** `WILDCARD(a),CIDR(b)` */
function matchTypes(text: string): LookupTable['match'] {
  const found = [...text.matchAll(/(WILDCARD|CIDR)\(\s*([^)]*?)\s*\)/gi)]
  return Object.fromEntries(
    found.map(([, how = '', column = '']) => [column, how.toLowerCase() === 'cidr' ? 'cidr' : 'wildcard']),
  )
}
