import { column, list, oneWordOf, required, type Table } from '../column.ts'
import { answerability } from './columns.ts'

export const approvedTransfers: Table = {
  name: 'approved_transfers',
  kind: 'approval',
  about: 'Paths on which data may leave: backup, migration, replication, analytics, file exchange.',
  columns: [
    required(list(column('source', 'pattern', 'Bucket, its ARN, or a pattern of them.'))),
    required(list(column('destination', 'place', 'Bucket, account or network to which the data goes.'))),
    required(list(column('identity', 'pattern', 'Who does it: ARN of a user or role, service account.'))),
    list(column('tool', 'pattern', 'User agent; any if not said.')),
    list(column('schedule', 'schedule', 'When, in UTC; any time if not said.')),
    column('volume_cap', 'size', 'How much at most in one session; any amount if not said.'),
    required(
      oneWordOf(
        'purpose',
        ['backup', 'migration', 'replication', 'analytics', 'file-exchange', 'administration', 'other'],
        'What it is for.',
      ),
    ),
    ...answerability,
  ],
  key: ['source', 'destination', 'identity', 'tool'],
}
