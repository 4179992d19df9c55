import { column, list, required, type Table } from '../column.ts'
import { answerability } from './columns.ts'

export const changeWindows: Table = {
  name: 'change_windows',
  kind: 'approval',
  about: 'Times at which something may be changed.',
  columns: [
    required(list(column('actions', 'pattern', 'Such as DeleteAlarms, or monitoring.amazonaws.com *.'))),
    list(column('identity', 'pattern', 'Only these; anybody if not said.')),
    list(column('accounts', 'account', 'Only there; any account if not said.')),
    list(column('regions', 'text', 'Only there; any region if not said.')),
    column('starts', 'time', 'When it begins; when it was created if not said.'),
    column('ends', 'time', 'The first moment after it; when it expires if not said.'),
    list(column('schedule', 'schedule', 'Only at these hours, in UTC.')),
    ...answerability,
  ],
  key: ['actions', 'identity', 'accounts', 'regions', 'starts', 'schedule'],
  oneOf: [['starts', 'schedule']],
}
