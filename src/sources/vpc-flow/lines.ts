import type { JsonObject } from '../../core/json.ts'
import { type Growing, put } from '../put.ts'
import { DEFAULT_ORDER, ownName, TRANSIT_ORDER } from './names.ts'

/** The fields that a header line names, in their order; `undefined` if the line is no header of a flow log. */
export function flowHeader(line: string): readonly string[] | undefined {
  if (line.length > LONGEST || !HEADER.test(line)) return
  const names = line.trim().split(/\s+/).map(ownName)
  const known = names.filter(name => TELLING.has(name)).length
  return known >= 2 && new Set(names).size === names.length ? names : undefined
}

const LONGEST = 4096
const HEADER = /^\s*[a-z][a-z0-9_-]*(?:\s+[a-z][a-z0-9_-]*)+\s*$/
const TELLING: ReadonlySet<string> = new Set([
  ...['account-id', 'interface-id', 'srcaddr', 'dstaddr', 'log-status', 'pkt-srcaddr', 'pkt-dstaddr'],
  ...['vpc-id', 'flow-direction', 'instance-id'],
])

/** A record of the default format of a VPC or a transit gateway, also behind the time that CloudWatch's export puts first. */
export function defaultFlow(line: string): JsonObject | undefined {
  const parts = DEFAULT_LINE.exec(line)
  if (parts === null) return
  const [, time = '', transit] = parts
  return flowRecord(transit === undefined ? DEFAULT_ORDER : TRANSIT_ORDER, line.slice(time.length).trim())
}

// The version may be above 2 where people put newer fields behind those of the default.
const DEFAULT_LINE =
  /^(\s*(?:\d{4}-\d\d-\d\dT\S+Z )?)\d{1,2} (?:(TransitGateway) |)(?=(?:\d{12}|\d{10,11}|unknown|-) (?:eni-\S+|tgw-\S+|-) )/

/**
 * The record of a line whose fields have these names; `-` is nothing. More fields than names have no meaning here; with fewer the line
 * was cut, and its last value with it.
 */
export function flowRecord(names: readonly string[], line: string): JsonObject | undefined {
  const values = line.includes('\t') || line.includes('  ') ? line.split(/\s+/) : line.split(' ')
  if (values.length < names.length) return
  const record: Growing = {}
  for (let place = 0; place < names.length; place += 1) {
    const value = values[place]
    const name = names[place]
    if (name !== undefined && value !== undefined && value !== '-' && value !== '') put(record, name, value)
  }
  return record
}
