import { textMember } from '../../core/json.ts'
import { type Importer, listOf, tag } from './importer.ts'

const ID = /^\/subscriptions\/([0-9a-f-]{36})\/.*\/Microsoft\.Storage\/storageAccounts\/[^/]+$/i

/** Storage accounts, each of which stands for all containers in it. */
export const azureStorage: Importer = {
  prints: 'az storage account list',
  tables: ['owned_buckets', 'sensitive_buckets'],
  items: value => listOf(value, item => ID.test(textMember(item, 'id') ?? '')),
  row(account) {
    const name = textMember(account, 'name')
    const subscription = ID.exec(textMember(account, 'id') ?? '')?.[1]
    if (name === undefined || subscription === undefined) return 'its id is not that of a storage account'
    return {
      name,
      provider: 'azure',
      account: subscription,
      region: textMember(account, 'location'),
      classification: tag(account, 'classification', 'dataclassification')?.toLowerCase(),
      data_owner: tag(account, 'dataowner', 'owner'),
    }
  },
}
