import type { Expr } from '../../plan/expr.ts'
import { or } from '../../sources/conditions.ts'
import { type AnalyticEvent, all, first } from '../analytic.ts'
import { base } from '../base.ts'
import { common } from './cloudtrail-fields.ts'
import type { Destination, Move } from './move.ts'
import { principalOf } from './principals.ts'
import { AUDIT, calls, type Reading } from './reads.ts'

/** A call that shares something, where it names with whom, and what it is that is shared. */
interface Share {
  readonly service: string
  readonly names: readonly string[]
  readonly with: readonly string[]
  readonly thing: readonly string[]
}

const ADDED = 'requestParameters.createVolumePermission.add.items'
const LAUNCH = 'requestParameters.launchPermission.add.items'

const SHARES: readonly Share[] = [
  {
    service: 'ec2.amazonaws.com',
    names: ['ModifySnapshotAttribute'],
    with: [`${ADDED}.userId`, `${ADDED}.group`],
    thing: ['requestParameters.snapshotId'],
  },
  {
    service: 'ec2.amazonaws.com',
    names: ['ModifyImageAttribute'],
    with: ['userId', 'group', 'organizationArn', 'organizationalUnitArn'].map(name => `${LAUNCH}.${name}`),
    thing: ['requestParameters.imageId'],
  },
  {
    service: 'rds.amazonaws.com',
    names: ['ModifyDBSnapshotAttribute', 'ModifyDBClusterSnapshotAttribute'],
    with: ['requestParameters.valuesToAdd'],
    thing: ['requestParameters.dBSnapshotIdentifier', 'requestParameters.dBClusterSnapshotIdentifier'],
  },
  {
    service: 'redshift.amazonaws.com',
    names: ['AuthorizeSnapshotAccess', 'AuthorizeDataShare'],
    with: ['requestParameters.accountWithRestoreAccess', 'requestParameters.consumerIdentifier'],
    thing: ['requestParameters.snapshotIdentifier', 'requestParameters.dataShareArn'],
  },
  {
    service: 'ram.amazonaws.com',
    names: ['CreateResourceShare', 'AssociateResourceShare'],
    with: ['requestParameters.principals'],
    thing: ['requestParameters.resourceArns', 'requestParameters.resourceShareArn', 'requestParameters.name'],
  },
]

const fields = (of: 'with' | 'thing'): readonly string[] => [...new Set(SHARES.flatMap(share => share[of]))]

/** Snapshots, images and the like are shared with others. */
export const shares: Reading = {
  base: base({
    id: 'an0370-shares',
    title: 'a snapshot, image or other resource is shared',
    logsource: AUDIT,
    where: or(SHARES.map(({ service, names }): Expr => calls(service, names))),
    carry: [...fields('with'), ...fields('thing'), 'userIdentity.accountId'],
  }),
  read(event): Move | undefined {
    const destinations = SHARES.flatMap(share => (isOf(share, event) ? targets(share, event) : []))
    const thing = fields('thing').flatMap(field => first(event, field) ?? [])[0]
    if (destinations.length === 0) return undefined
    return { ...common(event), kind: 'share', destinations, ...(thing === undefined ? {} : { thing }) }
  },
}

function isOf({ names }: Share, { hit }: AnalyticEvent): boolean {
  return names.includes(hit.event.action ?? '')
}

function targets(share: Share, event: AnalyticEvent): readonly Destination[] {
  return share.with
    .flatMap(field => all(event, field))
    .filter(text => !/^[[{]/.test(text))
    .map(principalOf)
}
