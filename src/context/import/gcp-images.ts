import { objectMember, textMember } from '../../core/json.ts'
import { type Importer, listOf } from './importer.ts'

export const gcpImages: Importer = {
  prints: 'gcloud compute images list',
  tables: ['images'],
  items: value => listOf(value, item => /\/global\/images\//.test(textMember(item, 'selfLink') ?? '')),
  row(image) {
    const parts = /projects\/([^/]+)\/global\/images\/([^/]+)$/.exec(textMember(image, 'selfLink') ?? '')
    if (parts === null) return 'it has no selfLink of an image'
    const deprecated = objectMember(image, 'deprecated') !== undefined
    return {
      id: `projects/${parts[1]}/global/images/${parts[2]}`,
      provider: 'gcp',
      name: textMember(image, 'name'),
      owner_account: parts[1],
      status: deprecated ? 'deprecated' : textMember(image, 'status') === 'READY' ? 'available' : undefined,
      source_image: /(projects\/[^/]+\/global\/images\/[^/]+)$/.exec(
        textMember(image, 'sourceImage') ?? '',
      )?.[1],
      created: textMember(image, 'creationTimestamp')?.replace(/(\.\d{3})\d*/, '$1'),
    }
  },
}
