import { actionText } from '../core/action-text.ts'
import type { NormalEvent } from '../core/event.ts'
import type { FieldValue } from '../core/hit.ts'
import { isoTime } from '../core/time.ts'
import { accountVerdict } from './account-verdict.ts'
import { sensitivity } from './bucket-verdict.ts'
import { type Context, stateOf } from './context.ts'
import { eventApprovals } from './event-approvals.ts'
import type { Geo, Known, Place } from './geo.ts'
import { identityClass, namesOf } from './identity-class.ts'
import { networkVerdict } from './network-verdict.ts'
import { cell, entryName, type Row } from './row.ts'
import { transferApproval } from './transfer-approval.ts'
import type { Standing } from './validity.ts'
import type { Verdict } from './verdict.ts'

/** What describes events: absent parts say nothing. */
export interface Knowledge {
  readonly context?: Context
  readonly geo?: Geo
}

/** What is known of an event besides itself. */
export interface Description {
  /** As `context.approved`, `context.network`, `geo.country` … */
  readonly values: readonly FieldValue[]
  /** The approvals that held at the time and that it matches fully. */
  readonly approvedBy: readonly Row[]
}

/**
 * Asks the tables and databases about an event. An approval that has expired, or was made after the event, is shown as
 * such and approves nothing; nor does one that the event deviates from.
 */
export function describe({ context, geo }: Knowledge, event: NormalEvent): Description {
  const place = event.address === undefined ? undefined : geo?.place(event.address)
  const asn = place?.asn.kind === 'known' ? { asn: place.asn.value } : {}
  const marks = context === undefined ? [] : [...eventMarks(context, event), ...transferMarks(context, event)]
  return {
    approvedBy: marks.filter(({ approves }) => approves).map(({ entry }) => entry),
    values: [
      ...marks.map(mark => mark.value),
      ...(context === undefined ? [] : contextValues(context, event, asn)),
      ...(place === undefined ? [] : placeValues(place)),
    ],
  }
}

function placeValues({ country, asn, organization }: Place): readonly FieldValue[] {
  return [
    value('geo.country', told(country)),
    value('geo.asn', told(asn)),
    ...(organization.kind === 'known' ? [value('geo.organization', organization.value)] : []),
  ]
}

function contextValues(
  context: Context,
  event: NormalEvent,
  asn: { readonly asn?: number },
): readonly FieldValue[] {
  const { actor } = event
  const identity = identityClass(context, actor)
  return [
    ...verdicts('context.actor_account', actor.account, accountVerdict(context, actor.account)),
    ...verdicts('context.network', event.address, networkVerdict(context, event.address, asn)),
    ...(identity.class === 'unknown'
      ? []
      : [value('context.identity', `${identity.class} (${identity.rule}${entryText(identity.entry)})`)]),
    ...buckets(event).flatMap(name => bucketValues(context, name)),
    ...criticals(context, event),
    ...unusedRegion(context, event),
  ]
}

/** An approval that is about an event. */
interface Mark {
  readonly entry: Row
  readonly approves: boolean
  readonly value: FieldValue
}

function eventMarks(context: Context, event: NormalEvent): readonly Mark[] {
  return eventApprovals(context, event).map(({ entry, standing }) => ({
    entry,
    approves: standing === 'valid',
    value: approvalValue(entry, standing),
  }))
}

/** How it is shown beside an event that an approval stands to it so. */
export function approvalValue(entry: Row, standing: Standing): FieldValue {
  return value(APPROVAL_FIELDS[standing], approvalText(entry))
}

const APPROVAL_FIELDS: Record<Standing, string> = {
  valid: 'context.approved',
  expired: 'context.approval_expired',
  retroactive: 'context.approval_retroactive',
}

/** `change_windows.yaml:3 (CHG-1), by ops@example.com until 2024-06-01T00:00:00Z` */
function approvalText(entry: Row): string {
  const until = entry.validity === undefined ? '' : ` until ${isoTime(entry.validity.expires)}`
  return `${entryName(entry)}, by ${cell(entry, 'owner') ?? 'nobody'}${until}`
}

/** Reading an object takes it to whoever reads: that is its destination. */
const READS: ReadonlySet<string> = new Set(['GetObject', 'GetObjectTorrent', 'SelectObjectContent'])

function transferMarks(context: Context, event: NormalEvent): readonly Mark[] {
  const names = READS.has(event.action ?? '') ? buckets(event) : []
  return names.flatMap(name => {
    const { verdict, rule, entry, mismatched, unknown } = transferApproval(context, {
      ...(event.time === undefined ? {} : { time: event.time }),
      identity: namesOf(event.actor),
      source: [name, `arn:aws:s3:::${name}`],
      destination: event.address === undefined ? [] : [event.address],
      ...(event.userAgent === undefined ? {} : { tool: event.userAgent }),
    })
    if (entry === undefined) return []
    const why = [...mismatched, ...unknown.map(attribute => `${attribute} unknown`)].join(', ')
    const text = `${verdict} (${why === '' ? rule : why}): ${approvalText(entry)}`
    return [{ entry, approves: verdict === 'approved', value: value('context.transfer', text) }]
  })
}

/** A verdict, and what makes it doubtful; nothing where nobody gave the table. */
function verdicts(
  field: string,
  of: string | undefined,
  { verdict, rule, entry, caveats }: Verdict,
): readonly FieldValue[] {
  if (of === undefined || rule === 'no-inventory') return []
  const doubts = caveats.map(text => value('context.caveat', text))
  return [value(field, `${verdict} (${rule}${entryText(entry)})`), ...doubts]
}

/** Names of the S3 buckets among the resources. */
function buckets(event: NormalEvent): readonly string[] {
  const names = event.resources.flatMap(resource => /^arn:aws[a-z-]*:s3:::([^/]+)/.exec(resource)?.[1] ?? [])
  return [...new Set(names)]
}

function bucketValues(context: Context, name: string): readonly FieldValue[] {
  const entry = sensitivity(context, { name })
  if (entry === undefined) return []
  const word = cell(entry, 'classification') ?? ''
  return [
    value(
      'context.sensitive_bucket',
      `${name}: ${word} of ${cell(entry, 'data_owner') ?? ''}${entryText(entry)}`,
    ),
  ]
}

function criticals(context: Context, event: NormalEvent): readonly FieldValue[] {
  const names = [event.service, ...event.resources, actionText(event)].filter(name => name !== undefined)
  const entries = names.flatMap(name => context.lookups.named('critical_services', 'name', name))
  return [...new Set(entries)]
    .filter(entry => {
      const accounts = entry.cells.get('accounts')
      return accounts === undefined || (event.account !== undefined && accounts.includes(event.account))
    })
    .map(entry => value('context.critical', `${cell(entry, 'name') ?? ''}${entryText(entry)}`))
}

function unusedRegion(context: Context, { region }: NormalEvent): readonly FieldValue[] {
  if (region === undefined || stateOf(context, 'regions') !== 'loaded') return []
  const [entry] = context.lookups.named('regions', 'name', region)
  const used = entry !== undefined && cell(entry, 'status') !== 'unused'
  return used ? [] : [value('context.unused_region', region)]
}

function entryText(entry: Row | undefined): string {
  return entry === undefined ? '' : `, ${entryName(entry)}`
}

function told(known: Known<string | number>): string {
  return known.kind === 'known' ? String(known.value) : `unknown: ${known.reason}`
}

function value(field: string, text: string): FieldValue {
  return { field, value: text }
}
