import { column, list, required, type Table } from '../column.ts'
import { answerability } from './columns.ts'

export const provisioningWorkflows: Table = {
  name: 'provisioning_workflows',
  kind: 'approval',
  about: 'Identities that create and change resources, and what they may do.',
  columns: [
    required(
      list(column('identity', 'pattern', 'ARN of a user or role, principal name or service account.')),
    ),
    required(list(column('actions', 'pattern', 'Such as RunInstances, or ec2.amazonaws.com RunInstances.'))),
    list(column('accounts', 'account', 'Only there; any account if not said.')),
    list(column('regions', 'text', 'Only there; any region if not said.')),
    list(column('tool', 'pattern', 'User agent; any if not said.')),
    ...answerability,
  ],
  key: ['identity', 'actions', 'accounts', 'regions'],
}
