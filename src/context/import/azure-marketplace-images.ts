import { isObject, textMember } from '../../core/json.ts'
import { type Importer, listOf } from './importer.ts'

/** Images of Azure's Marketplace. An order for a machine names publisher, offer and sku, so that the versions of an image are one. */
export const azureMarketplaceImages: Importer = {
  prints: 'az vm image list',
  tables: ['images'],
  items(value) {
    const items = listOf(value, item => textMember(item, 'urn') !== undefined && 'publisher' in item)
    return items && [...new Map(items.filter(isObject).map(item => [idOf(item.urn), item])).values()]
  },
  row(image) {
    const id = idOf(image['urn'])
    if (id === undefined) return 'its urn is not publisher:offer:sku:version'
    return {
      id,
      provider: 'azure',
      name: textMember(image, 'urnAlias'),
      owner_alias: textMember(image, 'publisher'),
      provenance: 'marketplace',
    }
  },
}

function idOf(urn: unknown): string | undefined {
  return typeof urn === 'string' ? /^([^:]+:[^:]+:[^:]+):[^:]+$/.exec(urn)?.[1] : undefined
}
