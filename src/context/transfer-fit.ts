import type { Lookups } from './lookups.ts'
import { cell, cells, type Row } from './row.ts'
import { isWithin } from './schedule.ts'

/**
 * Data that moved. Each list holds the names of one and the same thing: a bucket's name, its ARN and the account that owns it. Of
 * data that was read, the destination is the address of who read it, and not the reader's account.
 */
export interface Transfer {
  /** UTC ms. */
  readonly time?: number
  readonly identity: readonly string[]
  readonly source: readonly string[]
  readonly destination: readonly string[]
  readonly tool?: string
  /** Bytes of the whole session. */
  readonly bytes?: number
}

export type TransferAttribute = 'identity' | 'source' | 'destination' | 'tool' | 'schedule' | 'volume'

/** How a transfer stands to the attributes that an entry names. */
export interface Fit {
  readonly entry: Row
  readonly matched: readonly TransferAttribute[]
  readonly mismatched: readonly TransferAttribute[]
  /** What the entry asks for and the transfer does not tell. */
  readonly unknown: readonly TransferAttribute[]
}

export function fitOf(entry: Row, transfer: Transfer, lookups: Lookups): Fit {
  const { identity, source, destination, tool } = transfer
  const answers: readonly (readonly [TransferAttribute, Answer])[] = [
    ['identity', among(cells(entry, 'identity'), identity, lookups)],
    ['source', among(cells(entry, 'source'), source, lookups)],
    ['destination', among(cells(entry, 'destination'), destination, lookups)],
    ['tool', among(cells(entry, 'tool'), tool === undefined ? [] : [tool], lookups)],
    ['schedule', scheduleAnswer(entry, transfer)],
    ['volume', volumeAnswer(entry, transfer)],
  ]
  const those = (wanted: Answer) =>
    answers.flatMap(([attribute, answer]) => (answer === wanted ? [attribute] : []))
  return { entry, matched: those('matched'), mismatched: those('mismatched'), unknown: those('unknown') }
}

/** `any`: the entry asks for nothing. */
type Answer = 'matched' | 'mismatched' | 'unknown' | 'any'

function among(wanted: readonly string[], names: readonly string[], lookups: Lookups): Answer {
  if (wanted.length === 0) return 'any'
  if (names.length === 0) return 'unknown'
  return wanted.some(one => names.some(name => lookups.is(one, name))) ? 'matched' : 'mismatched'
}

function scheduleAnswer(entry: Row, { time }: Transfer): Answer {
  const schedules = cells(entry, 'schedule')
  if (schedules.length === 0) return 'any'
  if (time === undefined) return 'unknown'
  return schedules.some(text => isWithin(text, time)) ? 'matched' : 'mismatched'
}

function volumeAnswer(entry: Row, { bytes }: Transfer): Answer {
  const cap = cell(entry, 'volume_cap')
  if (cap === undefined) return 'any'
  if (bytes === undefined) return 'unknown'
  return bytes <= Number(cap) ? 'matched' : 'mismatched'
}
