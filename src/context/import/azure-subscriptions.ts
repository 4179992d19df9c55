import { textMember } from '../../core/json.ts'
import { type Importer, listOf } from './importer.ts'

export const azureSubscriptions: Importer = {
  prints: 'az account list',
  tables: ['subscriptions'],
  items: value => listOf(value, item => 'tenantId' in item && ('cloudName' in item || 'isDefault' in item)),
  row(subscription) {
    const id = textMember(subscription, 'id')
    if (id === undefined) return 'it has no id'
    return { id, name: textMember(subscription, 'name'), tenant: textMember(subscription, 'tenantId') }
  },
}
