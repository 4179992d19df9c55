import { baseRule } from './base-rule.ts'

/** Of an object's life in the generated logs, from the first on. */
const LIFE = ['PutObject', 'HeadObject', 'DeleteObject'] as const

/**
 * The texts of a rule that remembers objects by their keys for a month, and of those that it is over: among four million
 * events a million keys, as many as a rule may have.
 */
export function keyRules(): readonly string[] {
  const bases = LIFE.map(baseRule)
  const over = `title: Written, looked at, deleted
id: state-keys
level: medium
correlation:
  type: temporal_ordered
  rules: [${LIFE.join(', ')}]
  group-by: [requestParameters.bucketName, requestParameters.key]
  timespan: 30d
`
  return [...bases, over]
}
