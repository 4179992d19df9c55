import { column, list, oneWordOf, required, type Table } from '../column.ts'
import { answerability, provider } from './columns.ts'

export const approvedImages: Table = {
  name: 'approved_images',
  kind: 'approval',
  about: 'Machine images that may be launched.',
  columns: [
    required(column('image', 'pattern', 'The id, or a pattern of ids.')),
    provider,
    list(column('owner_account', 'account', 'Only if this account or project owns it.')),
    list(column('regions', 'text', 'Only there; anywhere if not said.')),
    oneWordOf(
      'status',
      ['approved', 'deprecated'],
      'approved if not said; a deprecated one is approved no more.',
    ),
    ...answerability,
  ],
  key: ['provider', 'image', 'owner_account', 'regions'],
}
