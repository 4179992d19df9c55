import { isObject, objectMember, textMember } from '../../core/json.ts'
import type { Importer } from './importer.ts'

export const awsOrganization: Importer = {
  prints: 'aws organizations describe-organization',
  tables: ['organizations'],
  items(value) {
    const own = isObject(value) ? objectMember(value, 'Organization') : undefined
    return own === undefined ? undefined : [own]
  },
  row(organization) {
    const id = textMember(organization, 'Id')
    if (id === undefined) return 'it has no Id'
    const manager =
      textMember(organization, 'ManagementAccountId') ?? textMember(organization, 'MasterAccountId')
    return { id, management_account: manager }
  },
}
