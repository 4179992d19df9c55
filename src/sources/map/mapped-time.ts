import { isoTime, parseTime } from '../../core/time.ts'
import { findTime } from '../find-time.ts'
import type { MapTime } from './source-map.ts'
import { timeReader } from './time-pattern.ts'

/** A time as every source tells it, of what stands in a record: as written where that can be read, else in ISO 8601. */
export function timeWriter({ format, zone }: MapTime): (written: string) => string | undefined {
  switch (format.kind) {
    case 'pattern': {
      const read = timeReader(format.text, zone)
      if (typeof read === 'string') throw new Error(`bug: ${read}`)
      return written => iso(read(written))
    }
    case 'seconds':
      return written => iso(epoch(written, 1000))
    case 'milliseconds':
      return written => iso(epoch(written, 1))
    case 'any':
      return written => {
        const time = parseTime(written)
        if (time === undefined) return iso(moved(findTime(written), written, zone))
        return zone === 0 || NUMBER.test(written) || ZONED.test(written) ? written : iso(time - zone * 60_000)
      }
  }
}

const NUMBER = /^\s*\d+(?:\.\d+)?\s*$/
const ZONED = /(?:Z|UTC|GMT|[+-]\d\d:?\d\d)\s*$/i

function moved(time: number | undefined, written: string, zone: number): number | undefined {
  return time === undefined || zone === 0 || ZONED.test(written) ? time : time - zone * 60_000
}

function epoch(written: string, unit: number): number | undefined {
  return NUMBER.test(written) ? Math.trunc(Number(written) * unit) : undefined
}

/** Only of the years that a log can be of. */
function iso(time: number | undefined): string | undefined {
  return time === undefined || time < 0 || time > LAST ? undefined : isoTime(time)
}

const LAST = Date.UTC(9999, 11, 31)
