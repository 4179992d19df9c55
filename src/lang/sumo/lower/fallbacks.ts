/** Where a field is looked for that a message does not have, in this order. Keys are in lower case. */
const FALLBACKS: ReadonlyMap<string, readonly string[]> = new Map([
  ['host', ['_sourceHost', 'Computer', 'hostname', 'host.name']],
  ['user', ['User', 'SubjectUserName', 'user.name', 'userName']],
  ['_sourcehost', ['host', 'Computer', 'hostname']],
  ['_index', ['_view']],
  ['_view', ['_index']],
])

/** Other names of a field. */
export function fallbacks(name: string): readonly string[] {
  return FALLBACKS.get(name.toLowerCase()) ?? []
}
