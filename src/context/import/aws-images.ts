import { textMember } from '../../core/json.ts'
import { type Importer, listOf, listUnder, scalar } from './importer.ts'

export const awsImages: Importer = {
  prints: 'aws ec2 describe-images',
  tables: ['images'],
  items: value =>
    listUnder(value, 'Images') ?? listOf(value, item => textMember(item, 'ImageId') !== undefined),
  row(image) {
    const id = textMember(image, 'ImageId')
    if (id === undefined) return 'it has no ImageId'
    const alias = textMember(image, 'ImageOwnerAlias')
    return {
      id,
      provider: 'aws',
      name: textMember(image, 'Name'),
      owner_account: textMember(image, 'OwnerId'),
      owner_alias: alias,
      provenance: alias === 'aws-marketplace' ? 'marketplace' : alias === 'amazon' ? 'vendor' : undefined,
      status: statusOf(textMember(image, 'State'), textMember(image, 'DeprecationTime')),
      public: scalar(image, 'Public'),
      source_image: textMember(image, 'SourceImageId'),
      created: textMember(image, 'CreationDate'),
    }
  },
}

/** That an image is deprecated is said with a time that may lie ahead: what it means is for the reader to judge. */
function statusOf(state: string | undefined, deprecated: string | undefined): string | undefined {
  if (state === 'disabled') return 'disabled'
  if (state !== 'available') return undefined
  return deprecated === undefined ? 'available' : undefined
}
