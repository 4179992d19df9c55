import { LONG_FIELDS, SHORT_FIELDS } from './flow-row.ts'
import type { Target } from './line.ts'
import type { Bucket, Network, Organisation } from './organisation/types.ts'

/** Finds the place of each log; asked twice for one, it gives the same. */
export class Targets {
  private readonly organisation: Organisation
  private readonly known = new Map<string, Target>()

  constructor(organisation: Organisation) {
    this.organisation = organisation
  }

  cloudTrail(account: string, region: string): Target {
    return this.get(`trail/${account}/${region}`, () => ({
      kind: 'cloudtrail',
      folder: `AWSLogs/${this.organisation.id}/${account}/CloudTrail/${region}`,
      prefix: `${account}_CloudTrail_${region}`,
    }))
  }

  flowLog({ flowLog, account, region }: Network): Target | undefined {
    if (flowLog === undefined) return undefined
    return this.get(`flow/${flowLog.id}`, () => ({
      kind: 'vpc-flow',
      folder: `AWSLogs/${account.id}/vpcflowlogs/${region}`,
      prefix: `${account.id}_vpcflowlogs_${region}_${flowLog.id}`,
      header: (flowLog.form === 'long' ? LONG_FIELDS : SHORT_FIELDS).join(' '),
    }))
  }

  accessLog({ name, account, region }: Bucket): Target {
    return this.get(`access/${name}`, () => ({
      kind: 's3-access',
      folder: `s3-access/${account.id}/${region}/${name}`,
      prefix: '',
    }))
  }

  /** A container into which Azure Monitor writes one category of a resource. */
  azure(container: string, resource: string): Target {
    return this.get(`azure/${container}/${resource}`, () => ({
      kind: 'hourly',
      folder: `${container}/resourceId=${resource}`,
      prefix: 'azure',
    }))
  }

  /** A bucket into which Google Cloud's log router writes one log. */
  google(log: string): Target {
    return this.get(`google/${log}`, () => ({
      kind: 'hourly',
      folder: `${this.organisation.google.project}/${log}`,
      prefix: 'google',
    }))
  }

  private get(key: string, make: () => Target): Target {
    const target = this.known.get(key) ?? make()
    this.known.set(key, target)
    return target
  }
}
