import { column, list, oneWordOf, required, type Table } from '../column.ts'
import { provenance } from './columns.ts'

/** What kind of identity acts; `unknown` is what no entry and no sign tells. */
export const IDENTITY_CLASSES = [
  'human',
  'automation',
  'service',
  'provider',
  'pipeline',
  'partner',
  'break-glass',
] as const

export const identities: Table = {
  name: 'identities',
  kind: 'inventory',
  about: 'Who acts, and what kind of identity that is.',
  columns: [
    required(column('identity', 'pattern', 'ARN of a user or role, principal name or service account.')),
    required(oneWordOf('class', IDENTITY_CLASSES, 'What kind it is.')),
    list(
      oneWordOf(
        'traits',
        ['privileged', 'federated', 'external-idp', 'terminated'],
        'What makes it worth a second look.',
      ),
    ),
    column('owner', 'text', 'Who answers for it.'),
    ...provenance,
  ],
  key: ['identity'],
  reviewDays: 90,
}
