import { type Json, type JsonObject, member } from '../../core/json.ts'
import type { Growing } from '../put.ts'

/**
 * The same event with the names that rules and searches share with Sysmon: `CommandLine` (the arguments that were given,
 * else the command line or the command of `sudo`, else the process title), `Image`, `ProcessId`, `ParentProcessId`, `CurrentDirectory`,
 * `User`, `Computer` and `host`. Nothing that the event says is replaced.
 */
export function completed(event: Growing, given: readonly string[] = []): JsonObject {
  const told = event['cmdline'] ?? event['cmd'] ?? event['proctitle']
  set(event, 'CommandLine', given.length > 0 ? given.join(' ') : told)
  set(event, 'Image', event['exe'] ?? executed(event, given))
  set(event, 'ProcessId', event['pid'])
  set(event, 'ParentProcessId', event['ppid'])
  set(event, 'CurrentDirectory', event['cwd'])
  set(event, 'User', userOf(event))
  set(event, 'Computer', event['node'])
  set(event, 'host', event['node'])
  return event
}

/** Without a SYSCALL record, the first path is what was executed, else the first argument says it. */
function executed(event: Growing, given: readonly string[]): Json | undefined {
  const [argument] = given
  if (argument === undefined) return
  const name = event['name']
  const path = Array.isArray(name) ? name[0] : name
  return path ?? argument
}

/** The name if the log has it; of a number only root's is known. */
function userOf(event: Growing): string | undefined {
  for (const key of ['UID', 'user', 'acct']) {
    const name = member(event, key)
    if (typeof name === 'string' && name !== '' && name !== 'unset' && name !== '?') return name
  }
  const { uid } = event
  if (typeof uid !== 'string' && typeof uid !== 'number') return
  return String(uid) === '0' ? 'root' : String(uid)
}

function set(event: Growing, name: string, value: Json | undefined): void {
  if (value !== undefined && value !== null && value !== '') event[name] ??= value
}
