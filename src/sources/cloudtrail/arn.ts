/** What the ARN of a session says: the role behind it, without its path, and the session's name. */
export interface AssumedRole {
  readonly role: string
  readonly session?: string
}

const MARK = ':assumed-role/'

/** Reads `arn:aws:sts::111122223333:assumed-role/Admin/alice` in any partition; anything else gives `undefined`. */
export function assumedRole(arn: string): AssumedRole | undefined {
  const at = arn.indexOf(MARK)
  if (at < 0) return
  const [, partition = 'aws', , , account = ''] = arn.slice(0, at).split(':')
  const rest = arn.slice(at + MARK.length)
  const slash = rest.indexOf('/')
  const name = slash < 0 ? rest : rest.slice(0, slash)
  if (name === '') return
  const role = `arn:${partition}:iam::${account}:role/${name}`
  return slash < 0 || slash === rest.length - 1 ? { role } : { role, session: rest.slice(slash + 1) }
}

/** The partition that a region belongs to; `aws` if it says nothing. */
export function partitionOf(region: string | undefined): string {
  if (region === undefined) return 'aws'
  if (region.startsWith('cn-')) return 'aws-cn'
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws'
}
