import type { Json } from '../../core/json.ts'

/** Adds a member under its name without spaces; of a name that comes again, all values are kept. */
export function add(members: Map<string, Json>, name: string, value: Json): void {
  const plain = unspaced(name)
  const before = members.get(plain)
  if (before === undefined) members.set(plain, value)
  else members.set(plain, isList(before) ? [...before, value] : [before, value])
}

/** `Source Name` is `SourceName` in rules. */
export function unspaced(name: string): string {
  return name.includes(' ') ? name.replaceAll(' ', '') : name
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value)
}

/** The member that an attribute of an element in `System` becomes. */
export function systemMember(element: string, attribute: string): string | undefined {
  return SYSTEM.get(`${element} ${attribute}`)
}

const SYSTEM: ReadonlyMap<string, string> = new Map([
  ['Provider Name', 'Provider_Name'],
  ['Provider Guid', 'Provider_Guid'],
  ['TimeCreated SystemTime', 'TimeCreated'],
  ['Correlation ActivityID', 'ActivityID'],
  ['Execution ProcessID', 'Execution_ProcessID'],
  ['Execution ThreadID', 'Execution_ThreadID'],
  ['Security UserID', 'Security_UserID'],
  ['Security UserId', 'Security_UserID'],
])
