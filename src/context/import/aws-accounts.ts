import { textMember } from '../../core/json.ts'
import { type Importer, listOf, listUnder } from './importer.ts'

export const awsAccounts: Importer = {
  prints: 'aws organizations list-accounts',
  tables: ['accounts'],
  items: value =>
    listUnder(value, 'Accounts') ??
    listOf(value, item => /:organizations::/.test(textMember(item, 'Arn') ?? '')),
  row(account) {
    const id = textMember(account, 'Id')
    if (id === undefined) return 'it has no Id'
    const status = (textMember(account, 'State') ?? textMember(account, 'Status'))?.toLowerCase()
    return {
      id,
      name: textMember(account, 'Name'),
      organization: /:account\/(o-[a-z0-9]+)\//.exec(textMember(account, 'Arn') ?? '')?.[1],
      status: STATUS.get(status ?? ''),
    }
  },
}

const STATUS: ReadonlyMap<string, string> = new Map([
  ['active', 'active'],
  ['suspended', 'suspended'],
  ['closed', 'closed'],
  ['pending_closure', 'closed'],
])
