import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { an0370 } from '../../src/analytics/an0370/an0370.ts'
import { type Geo, geoOf } from '../../src/context/geo.ts'
import { loadContext } from '../../src/context/load.ts'
import type { ContextFile } from '../../src/context/raw.ts'
import type { JsonObject } from '../../src/core/json.ts'
import type { Finding } from '../../src/findings/finding.ts'
import { event, trail } from '../cli/logs.ts'
import { mmdb } from '../context/mmdb.ts'
import { huntWith } from './hunting.ts'

/** What the organisation of every page knows, unless the page has the table itself. */
const KNOWN: { readonly [file: string]: string } = {
  'accounts.yaml':
    '- {id: "111122223333", owner: platform, last_verified: 2024-05-01}\n- {id: "222233334444", owner: platform, last_verified: 2024-05-01}\n',
  'sensitive_buckets.yaml':
    '- {name: payroll, account: "111122223333", classification: restricted, data_owner: finance, last_verified: 2024-05-01}\n',
  'owned_buckets.yaml':
    '- {name: payroll, account: "111122223333", last_verified: 2024-05-01}\n- {name: recovery, account: "222233334444", last_verified: 2024-05-01}\n- {name: website, account: "111122223333", last_verified: 2024-05-01}\n',
  'owned_networks.yaml': '- {cidr: 192.0.2.0/24, use: office, last_verified: 2024-05-01}\n',
  'vpc_endpoints.yaml': '- {id: vpce-0own, account: "111122223333", last_verified: 2024-05-01}\n',
  'approved_transfers.yaml':
    '- {source: old-box, destination: recovery, identity: nobody, purpose: other, owner: platform, reason: an example, ticket: CHG-0, created: 2024-01-01, review_by: 2024-08-01, expires: 2024-12-31}\n',
}

export interface An0370Page {
  readonly title: string
  readonly tables: readonly ContextFile[]
  /** One JSON object a line: an event of CloudTrail, of which only what differs is said, or any other record. */
  readonly events: string
  /** Lines of S3 server access logs. */
  readonly access: string
  /** A JSON object: network -> country. */
  readonly geo: string
}

/** A database of countries, where the page has one. */
function geoKnowledge({ geo }: An0370Page): { readonly geo?: Geo } {
  if (geo === '') return {}
  const networks = Object.entries(JSON.parse(geo) as { readonly [network: string]: string })
  const values = Object.fromEntries(networks.map(([name, iso]) => [name, { country: { iso_code: iso } }]))
  return { geo: geoOf([{ file: 'country.mmdb', bytes: mmdb('GeoLite2-Country', values) }]) }
}

const BLOCK = /^```(\S+)(?: (\S+))?\n(.*?)^```$/gms

function readPage(text: string): An0370Page {
  const blocks = [...text.matchAll(BLOCK)]
  const block = (kind: string): string => blocks.find(([, name]) => name === kind)?.[3] ?? ''
  const own = blocks.flatMap(([, kind, file = '', body = '']) =>
    kind === 'table' ? [{ file, text: body }] : [],
  )
  const others = Object.entries(KNOWN).map(([file, body]) => ({ file, text: body }))
  return {
    title: /^# (.+)$/m.exec(text)?.[1] ?? '',
    tables: [...others.filter(({ file }) => !own.some(one => one.file === file)), ...own].filter(
      one => one.text.trim() !== 'missing',
    ),
    events: block('events'),
    access: block('access'),
    geo: block('geo'),
  }
}

/** The page with what comes of it. */
export async function answered(text: string, folder: string, name: string): Promise<string> {
  const page = readPage(text)
  const inputs: string[] = []
  const write = (file: string, body: string): void => {
    inputs.push(join(folder, file))
    writeFileSync(join(folder, file), body)
  }
  const records = page.events.split('\n').flatMap(line => (line.trim() === '' ? [] : expanded(line)))
  const trails = records.filter(record => 'eventID' in record)
  const others = records.filter(record => !('eventID' in record))
  if (trails.length > 0) write(`${name}.json`, trail(trails))
  if (others.length > 0) write(`${name}.jsonl`, others.map(one => JSON.stringify(one)).join('\n'))
  if (page.access !== '') write(`${name}.log`, page.access)
  const asOf = Date.UTC(2024, 4, 2)
  const { findings, ledger } = await huntWith([an0370], {
    inputs,
    more: { knowledge: { context: loadContext(page.tables, { asOf }), ...geoKnowledge(page) } },
  })
  const notes = ledger.rules.flatMap(({ notes: list = [] }) => list).map(note => `note: ${note}`)
  const whole = page.title.includes('six questions')
  const lines = [...findings.flatMap(one => findingLines(one, whole)), ...notes]
  const body = lines.length === 0 ? 'nothing' : lines.join('\n')
  return `${text.replace(/\n```answer\n.*?^```\n?$/ms, '').trimEnd()}\n\n\`\`\`answer\n${body}\n\`\`\`\n`
}

let numbers = 0

/** `"times": 60` stands for so many, a second apart; `#` is the number of each. */
function expanded(line: string): readonly JsonObject[] {
  const {
    times = 1,
    minute = 0,
    other = false,
    ...more
  } = JSON.parse(line) as {
    readonly times?: number
    readonly minute?: number
    readonly other?: boolean
  } & JsonObject
  if (other) return [more]
  return Array.from({ length: times }, (_, number) => {
    const filled = JSON.parse(JSON.stringify(more).replaceAll('#', String(number))) as JsonObject
    const time = new Date(Date.UTC(2024, 4, 1, 10, minute, number)).toISOString().replace('.000', '')
    return event(numbers++, { eventTime: time, sourceIPAddress: '192.0.2.1', ...filled })
  })
}

/** What every finding about the bucket of these pages has. */
const COMMON: readonly string[] = [
  'impact +40: data goes somewhere',
  'impact +20: the bucket is restricted',
  'impact +10: of the two highest classes',
  'confidence +30: an event that may move data',
]

function findingLines(
  { level, title, count, risk, answers = [], because = [], caveats = [] }: Finding,
  whole: boolean,
): readonly string[] {
  const told = whole ? answers : answers.slice(-2)
  const parts = (risk?.parts ?? []).filter(part => whole || !COMMON.includes(part))
  return [
    `${level}: ${title} (${count})`,
    `  risk ${risk?.score} = ${risk?.impact} x ${risk?.confidence}: ${parts.join('; ')}`,
    ...told.map(({ question, value }) => `  ${question}: ${value}`),
    ...(whole ? because.slice(2).map(line => `  because ${line}`) : []),
    ...caveats.map(line => `  caveat ${line}`),
  ]
}
