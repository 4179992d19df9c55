import type { EventOutcome, NormalEvent } from '../../core/event.ts'
import { named } from '../../core/named.ts'
import { parseTime } from '../../core/time.ts'
import type { Cell } from '../../plan/relation.ts'
import type { FoundRow } from './run-search.ts'

/** Columns under which both languages and their add-ons speak of the same thing, the most telling first. */
const NAMES = {
  time: ['_time', '_messageTime', '_timeslice', 'firstTime', 'first_time', 'lastTime', 'last_time'],
  actor: [
    'user_arn',
    'userIdentity.arn',
    'user',
    'src_user',
    'userName',
    'userIdentity.principalId',
    'actor',
    'arn',
  ],
  actorType: ['user_type', 'userIdentity.type'],
  address: ['src_ip', 'sourceIPAddress', 'src', 'client_ip', 'c_ip', 'ip'],
  account: ['aws_account_id', 'recipientAccountId', 'userIdentity.accountId', 'vendor_account', 'account'],
  region: ['awsRegion', 'vendor_region', 'region'],
  resource: [
    'bucketName',
    'requestParameters.bucketName',
    'object',
    'resource',
    'dest',
    'host',
    '_sourceHost',
  ],
  userAgent: ['userAgent', 'user_agent', 'http_user_agent'],
  action: ['eventName', 'command', 'action', 'operationName', 'signature'],
  service: ['eventSource', 'app', 'vendor_product'],
  error: ['errorCode'],
} as const

/** What a row that is no event says of who did what, as far as its columns tell. */
export function eventOfRow({ values, window }: FoundRow): NormalEvent {
  const one = (what: keyof typeof NAMES): string | undefined => textsOf(values, NAMES[what])[0]
  const type = one('actorType')
  const principal = one('actor')
  const error = one('error')
  const failed = error !== undefined && error !== 'success'
  return {
    time: timeOf(values) ?? window.to - 1,
    outcome: outcomeOf(error),
    actor: { ...(type === undefined ? {} : { type }), ...(principal === undefined ? {} : { principal }) },
    resources: textsOf(values, NAMES.resource),
    ...(failed ? { error } : {}),
    ...named('service', one('service')),
    ...named('action', one('action')),
    ...named('account', one('account')),
    ...named('region', one('region')),
    ...named('address', one('address')),
    ...named('userAgent', one('userAgent')),
  }
}

function outcomeOf(error: string | undefined): EventOutcome {
  if (error === undefined) return 'unknown'
  return error === 'success' ? 'succeeded' : 'denied'
}

/** When the row happened, UTC ms, if a column says so. */
function timeOf(values: ReadonlyMap<string, Cell>): number | undefined {
  for (const name of NAMES.time) {
    const value = values.get(name)
    const found = typeof value === 'string' || typeof value === 'number' ? parseTime(value) : undefined
    if (found !== undefined) return found
  }
  return undefined
}

/** The values of the first of these columns that has one. */
function textsOf(values: ReadonlyMap<string, Cell>, names: readonly string[]): readonly string[] {
  for (const name of names) {
    const texts = cellTexts(values.get(name))
    if (texts.length > 0) return texts
  }
  return []
}

/** The members of a list, or the one value; nothing of nothing. */
export function cellTexts(cell: Cell | undefined): readonly string[] {
  if (cell === null || cell === undefined || cell === '') return []
  return typeof cell === 'object' ? cell : [String(cell)]
}
