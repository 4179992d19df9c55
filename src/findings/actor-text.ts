/** An actor's principal in words: `role Deploy (111122223333)`. What has no known form is given as it is. */
export function actorText(principal: string): string {
  if (/^[\w.-]+\.amazonaws\.com$/.test(principal)) return `service ${principal}`
  const [scheme, , , , account = '', ...rest] = principal.split(':')
  if (scheme !== 'arn' || rest.length === 0) return principal
  const [type = '', ...path] = rest.join(':').split('/')
  if (type === 'root') return `root of ${account}`
  const word = WORDS.get(type)
  const name = type === 'assumed-role' ? path[0] : path.at(-1)
  if (word === undefined || !name) return principal
  return account === '' ? `${word} ${name}` : `${word} ${name} (${account})`
}

const WORDS: ReadonlyMap<string, string> = new Map([
  ['role', 'role'],
  ['assumed-role', 'role'],
  ['user', 'user'],
  ['federated-user', 'federated user'],
])

/** A resource without the parts of its ARN that other columns say: `trail/main`. */
export function resourceText(resource: string): string {
  const parts = resource.split(':')
  return parts[0] === 'arn' && parts.length > 5 ? parts.slice(5).join(':') : resource
}
