import { parseNetwork } from '../core/ip.ts'
import { nearest } from '../core/nearest.ts'
import { isoTime, parseTime } from '../core/time.ts'
import type { CellType, Column } from './column.ts'
import { limits } from './limits.ts'
import { parseSchedule } from './schedule.ts'

/** A cell as it is compared and shown, or why it is none. */
export type CellRead =
  | { readonly kind: 'read'; readonly text: string }
  | { readonly kind: 'refused'; readonly code: string; readonly message: string; readonly help: string }

/** Reads what stands in a cell; `text` has no space around it and is not empty. */
export function readCell(text: string, column: Column): CellRead {
  if (text.length > limits.cell)
    return no(
      'context/cell-size',
      `a value of ${text.length} characters is too long`,
      `the limit is ${limits.cell}`,
    )
  return READERS[column.type](text, column)
}

type Reader = (text: string, column: Column) => CellRead

const READERS: Record<CellType, Reader> = {
  text: yes,
  pattern: readName,
  network: readNetwork,
  place: text => (/^[0-9a-f.:]+\/\d+$/i.test(text) ? readNetwork(text) : readName(text)),
  account: readAccount,
  asn: readAsn,
  country: readCountry,
  time: readTime,
  size: readSize,
  schedule: readSchedule,
  enum: readWord,
}

function yes(text: string): CellRead {
  return { kind: 'read', text }
}

function no(code: string, message: string, help: string): CellRead {
  return { kind: 'refused', code, message, help }
}

function readNetwork(text: string): CellRead {
  const network = parseNetwork(text)
  if (typeof network !== 'string') return yes(text)
  const help = 'write the first address and the prefix length, such as 192.0.2.0/24 or 2001:db8::/32'
  return no('context/network', `"${text}" is no network: ${network}`, help)
}

/**
 * A name or a pattern of names. One that begins like an ARN has to be one: `arn:partition:service:region:account:resource`, where
 * region and account may be empty, and a wildcard may stand for several parts.
 */
function readName(text: string): CellRead {
  if (!/^arn:/i.test(text)) return yes(text)
  const [, partition, service, region = '', account, ...resource] = text.split(':')
  const before = `${partition}:${service}:${region}:${account}`
  const whole = partition !== '' && service !== '' && resource.join(':') !== ''
  if (/[*?]/.test(before) || (whole && ACCOUNT_PART.test(account ?? '-'))) return yes(text)
  const help = 'write arn:aws:<service>:<region>:<12 digits>:<resource>; * stands for anything'
  return no('context/arn', `"${text}" is no ARN`, help)
}

/** Whose a resource is: an account, AWS itself, or nobody. */
const ACCOUNT_PART = /^(\d{12}|aws|aws-marketplace|cloudfront)?$/

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const PROJECT = /^([a-z0-9.-]+:)?[a-z][a-z0-9-]{4,28}[a-z0-9]$/
const ORGANIZATION = /^o-[a-z0-9]{10,32}$/

/** An AWS account or organisation, an Azure subscription or tenant, a Google Cloud project. */
function readAccount(text: string): CellRead {
  if (/^\d{12}$/.test(text) || UUID.test(text) || PROJECT.test(text) || ORGANIZATION.test(text))
    return yes(text.toLowerCase())
  const help = /^\d+$/.test(text)
    ? 'an AWS account has 12 digits; a spreadsheet may have dropped leading zeros'
    : 'write the 12 digits of an AWS account, the UUID of a subscription or tenant, or the id of a project'
  return no('context/account', `"${text}" is no id of an account, subscription, tenant or project`, help)
}

function readAsn(text: string): CellRead {
  const digits = /^(?:AS)?(\d{1,10})$/i.exec(text)?.[1]
  const number = Number(digits)
  if (digits !== undefined && number > 0 && number < 2 ** 32) return yes(String(number))
  return no('context/asn', `"${text}" is no number of an autonomous system`, 'write it like AS64500 or 64500')
}

function readCountry(text: string): CellRead {
  if (/^[a-z]{2}$/i.test(text)) return yes(text.toUpperCase())
  return no(
    'context/country',
    `"${text}" is no country code`,
    'write the two letters of ISO 3166, such as CH',
  )
}

function readTime(text: string): CellRead {
  const time = parseTime(text)
  if (time !== undefined) return yes(isoTime(time))
  return no('context/time', `"${text}" is no time`, 'write it like 2024-05-01 or 2024-05-01T12:00:00Z (UTC)')
}

const UNITS: ReadonlyMap<string, number> = new Map(
  ['', 'k', 'm', 'g', 't'].flatMap((unit, power) => [
    [`${unit}b`, 1000 ** power] as const,
    [`${unit}ib`, 1024 ** power] as const,
  ]),
)

/** `5GB`, `10GiB` or a number of bytes, as bytes. */
function readSize(text: string): CellRead {
  const parts = /^(\d{1,15})\s*([kmgt]?i?b)?$/i.exec(text)
  const unit = UNITS.get(parts?.[2]?.toLowerCase() ?? 'b')
  const bytes = Number(parts?.[1]) * (unit ?? Number.NaN)
  if (bytes > 0 && Number.isSafeInteger(bytes)) return yes(String(bytes))
  return no('context/amount', `"${text}" is no size`, 'write it like 500MB, 10GiB or as a number of bytes')
}

function readSchedule(text: string): CellRead {
  if (parseSchedule(text) !== undefined) return yes(text.toLowerCase())
  const help = 'write it like daily 01:00-05:00, mon-fri 22:00-02:00 or sat,sun 00:00-24:00 (UTC)'
  return no('context/schedule', `"${text}" is no schedule`, help)
}

function readWord(text: string, { words = [] }: Column): CellRead {
  const found = words.find(word => word === text.toLowerCase())
  if (found !== undefined) return yes(found)
  const close = nearest(text, words)
  const help = close === undefined ? `there are ${words.join(', ')}` : `did you mean "${close}"?`
  return no('context/word', `"${text}" is not one of its words`, help)
}
