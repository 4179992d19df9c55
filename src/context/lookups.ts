import { inNetwork, parseNetwork } from '../core/ip.ts'
import { readPattern } from '../plan/read-pattern.ts'
import { type NameIndex, nameIndex } from './name-index.ts'
import { addressOf, type NetworkIndex, networkIndex } from './network-index.ts'
import { matcher } from './pattern-text.ts'
import { cells, type Row } from './row.ts'
import { tableNamed } from './tables/index.ts'

/** Indexes over the columns of tables, each made when it is first asked for. */
export class Lookups {
  private readonly rows: (table: string) => readonly Row[]
  private readonly names = new Map<string, NameIndex<Row>>()
  private readonly networks = new Map<string, NetworkIndex<Row>>()
  /** Values of tables, each made into a test once. */
  private readonly tests = new Map<string, (name: string) => boolean>()

  constructor(rows: (table: string) => readonly Row[]) {
    this.rows = rows
  }

  /** The entries whose column is that text, or a pattern that matches it, in the order of the file. */
  named(table: string, column: string, text: string): readonly Row[] {
    const place = `${table}.${column}`
    let index = this.names.get(place)
    if (index === undefined) {
      const type = tableNamed(table)?.columns.find(({ name }) => name === column)?.type
      index = nameIndex(this.entries(table, column), type === 'pattern' || type === 'place')
      this.names.set(place, index)
    }
    return index.find(text)
  }

  /** The entries whose column is a network that holds the address, the smallest network first. */
  around(table: string, column: string, ip: Parameters<NetworkIndex<Row>['find']>[0]): readonly Row[] {
    const place = `${table}.${column}`
    let index = this.networks.get(place)
    if (index === undefined) {
      index = networkIndex(this.entries(table, column))
      this.networks.set(place, index)
    }
    return index.find(ip)
  }

  /** Does a name match the value of a table, a pattern or a network? */
  is(value: string, name: string): boolean {
    let test = this.tests.get(value)
    if (test === undefined) {
      test = testOf(value)
      this.tests.set(value, test)
    }
    return test(name)
  }

  private *entries(table: string, column: string): Iterable<readonly [string, Row]> {
    for (const row of this.rows(table)) for (const value of cells(row, column)) yield [value, row]
  }
}

function testOf(value: string): (name: string) => boolean {
  const network = value.includes('/') ? parseNetwork(value) : ''
  if (typeof network === 'string') {
    const matches = matcher(readPattern(value))
    return name => matches(name.toLowerCase())
  }
  return name => {
    const ip = addressOf(name)
    return ip !== undefined && inNetwork(ip, network)
  }
}
