import { column, oneWordOf, required, type Table } from '../column.ts'
import { provenance, provider } from './columns.ts'

export const images: Table = {
  name: 'images',
  kind: 'inventory',
  about: 'Machine images that are known, and whose they are.',
  columns: [
    required(column('id', 'pattern', 'The id, or a pattern of ids.')),
    provider,
    column('name', 'text', 'The name its owner gave it.'),
    column('owner_account', 'account', 'The account or project that owns it.'),
    column('owner_alias', 'text', 'What the cloud calls the owner: amazon, aws-marketplace, a publisher.'),
    oneWordOf(
      'provenance',
      ['built', 'vendor', 'marketplace', 'copied', 'imported', 'unknown'],
      'How it came about.',
    ),
    oneWordOf('status', ['available', 'deprecated', 'disabled'], 'What may still be done with it.'),
    oneWordOf('public', ['true', 'false'], 'Whether anybody can launch it.'),
    column('region', 'text', 'Where it is.'),
    column('source_image', 'text', 'The image it was made of.'),
    column('created', 'time', 'When it was made.'),
    ...provenance,
  ],
  key: ['provider', 'id', 'region'],
  reviewDays: 90,
}
