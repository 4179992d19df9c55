import { objectMember, textMember } from '../../core/json.ts'
import { type Importer, listOf } from './importer.ts'

const ID =
  /^\/subscriptions\/([0-9a-f-]{36})\/.*\/Microsoft\.Compute\/(?:images\/|galleries\/.*\/versions\/)/i

export const azureImages: Importer = {
  prints: 'az image list or az sig image-version list',
  tables: ['images'],
  items: value => listOf(value, item => ID.test(textMember(item, 'id') ?? '')),
  row(image) {
    const id = textMember(image, 'id') ?? ''
    const subscription = ID.exec(id)?.[1]
    if (subscription === undefined) return 'its id is not that of an image'
    const source = objectMember(objectMember(image, 'storageProfile') ?? {}, 'source')
    const machine = objectMember(image, 'sourceVirtualMachine')
    return {
      id,
      provider: 'azure',
      name: textMember(image, 'name'),
      owner_account: subscription,
      region: textMember(image, 'location'),
      source_image: textMember(source ?? {}, 'id') ?? textMember(machine ?? {}, 'id'),
    }
  },
}
