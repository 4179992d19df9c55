import { type Context, caveatOf, stateOf } from '../../context/context.ts'
import { cell, type Row } from '../../context/row.ts'
import { counted, firstFew } from '../../core/quantity.ts'
import type { World } from '../analytic.ts'
import { awsFlows } from '../flow-bases.ts'
import type { Move } from './move.ts'
import { Selectors } from './selectors.ts'
import { noneOf, silenceLines } from './silence.ts'

/** Buckets that are named in one line. */
const MOST_NAMED = 5
/** Buckets that are told apart. */
const MOST_BUCKETS = 100_000

/** Tables without which verdicts are unknown. */
export const TABLES: readonly string[] = [
  'sensitive_buckets',
  'owned_buckets',
  'accounts',
  'owned_networks',
  'approved_transfers',
]

/** What the logs show and do not show: silence of what is not recorded is no all-clear. */
export class Coverage {
  private readonly context: Context
  private readonly observable: World['observable']
  /** Buckets of which object-level events were seen, in audit logs and in access logs. */
  private readonly audited = new Set<string>()
  private readonly accessed = new Set<string>()
  /** What trails are told to record. */
  readonly selectors = new Selectors()
  private explicit = 0
  private decided = 0

  constructor({ context, observable }: World) {
    this.context = context
    this.observable = observable
  }

  add({ kind, log, source, destinations }: Move): void {
    if (!['read', 'list', 'copy', 'write'].includes(kind)) return
    const seen = log === 'access' ? this.accessed : this.audited
    if (seen.size >= MOST_BUCKETS) return
    if (source !== undefined) seen.add(source.name)
    for (const one of destinations) if (one.kind === 'bucket') seen.add(one.bucket.name)
  }

  /** Whether it could be decided whose the destination is that a request names. */
  addDecision(known: boolean): void {
    this.explicit += 1
    if (known) this.decided += 1
  }

  isAudited(bucket: string): boolean {
    return this.audited.has(bucket)
  }

  /** What has to be known before silence is read as an all-clear. */
  caveats(): readonly string[] {
    return [...this.tables(() => true), ...this.unobserved()]
  }

  notes(): readonly string[] {
    const share =
      this.explicit === 0
        ? []
        : [
            `whose the destination is could be decided of ${this.decided} of ${counted(this.explicit, 'event')} that name it`,
          ]
    const empty = stateOf(this.context, 'sensitive_buckets') !== 'loaded'
    const warning = empty ? ['without sensitive_buckets it will miss transfers, or tell of too many'] : []
    // What is stale stands in the ledger with the tables themselves; those that are not there do not.
    const absent = this.tables(name => stateOf(this.context, name) !== 'loaded')
    return [...absent, ...warning, ...this.unobserved(), ...share]
  }

  /** What becomes of data that own machines read, flow logs alone show. */
  departures(reads: number): readonly string[] {
    if (reads === 0 || this.observable(awsFlows.rule.meta.id)) return []
    return [
      `no VPC flow log was read: whether own machines sent on what they read of sensitive buckets (${counted(reads, 'read')}) is not observable`,
    ]
  }

  /** Sensitive buckets of an account of which no object-level event was seen. */
  silentIn(account: string): readonly Row[] {
    return this.entries('aws').filter(row => {
      const name = cell(row, 'name') ?? ''
      return cell(row, 'account') === account && !this.audited.has(name) && !this.accessed.has(name)
    })
  }

  private tables(wanted: (name: string) => boolean): readonly string[] {
    return TABLES.filter(wanted).flatMap(name => {
      const table = this.context.tables.get(name)
      return (table === undefined ? undefined : caveatOf(table)) ?? []
    })
  }

  private unobserved(): readonly string[] {
    return PROVIDERS.flatMap(({ provider, base, what }) => {
      const sensitive = this.entries(provider).map(row => cell(row, 'name') ?? '')
      if (sensitive.length === 0) return []
      if (!this.observable(base) && !(provider === 'aws' && this.observable('an0370-access-lines')))
        return [
          `no ${what}: what leaves ${counted(sensitive.length, 'sensitive bucket')} of ${provider} is not observable`,
        ]
      const silent = sensitive.filter(name => !this.audited.has(name) && !this.accessed.has(name))
      const partly = sensitive.filter(name => !this.audited.has(name) && this.accessed.has(name))
      return [
        ...(provider === 'aws'
          ? silenceLines(silent, name => this.selectors.about(name))
          : silent.length === 0
            ? []
            : [noneOf(what, silent)]),
        ...(partly.length === 0
          ? []
          : [`only access logs, which come late and incomplete, of ${firstFew(partly, MOST_NAMED)}`]),
      ]
    })
  }

  /** Entries with whole names; behind a pattern there may be any number. */
  private entries(provider: string): readonly Row[] {
    const rows = this.context.tables.get('sensitive_buckets')?.rows ?? []
    const name = (row: Row): string => cell(row, 'name') ?? ''
    return rows
      .filter(row => (cell(row, 'provider') ?? 'aws') === provider)
      .filter(row => name(row) !== '' && !/[*?]/.test(name(row)))
      .toSorted((a, b) => (name(a) < name(b) ? -1 : 1))
  }
}

const PROVIDERS = [
  { provider: 'aws', base: 'an0370-reads', what: 'S3 data events' },
  { provider: 'azure', base: 'an0370-blobs', what: 'storage logs' },
  { provider: 'gcp', base: 'an0370-google', what: 'data access logs' },
] as const
