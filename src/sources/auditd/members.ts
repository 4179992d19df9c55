import type { AuditLine } from './line.ts'

/** A member of a record. */
export interface Member {
  readonly name: string
  /** As a person would read it; a piece of a long argument as written. */
  readonly value: string
  readonly quoted: boolean
}

/** More members than any record has. */
const MOST = 5000

/** The members of a record, in order: those of its body, of a `msg='…'` inside, and what the daemon added. */
export function membersOf(line: AuditLine): readonly Member[] {
  const found: Member[] = []
  read(found, line.body, line)
  if (line.added !== '') read(found, line.added, line)
  return found
}

const NAME = /(?<=^|[\s,('])([A-Za-z_][\w.-]*(?:\[\d+\])?)=/g
const ARGUMENT = /(?<=^|\s)(a\d+(?:_len)?(?:\[\d+\])?|argc)=/g

function read(found: Member[], body: string, line: AuditLine): void {
  // An argument of an interpreted EXECVE may look like a member itself.
  const names = new RegExp(line.interpreted && line.type === 'EXECVE' ? ARGUMENT : NAME)
  for (let head = names.exec(body); head !== null && found.length < MOST; head = names.exec(body)) {
    const name = head[1] ?? ''
    const start = names.lastIndex
    const end = valueEnd({ line, name, body, names }, start)
    const raw = body.slice(start, end).trimEnd()
    if (name === 'msg' && raw.startsWith("'")) read(found, raw.slice(1, -1), line)
    else found.push({ name, value: readValue(line, name, raw), quoted: raw.startsWith('"') })
    names.lastIndex = end
  }
}

interface Place {
  readonly line: AuditLine
  readonly name: string
  readonly body: string
  readonly names: RegExp
}

function valueEnd({ line, name, body, names }: Place, start: number): number {
  if (body[start] === "'") return Math.max(body.lastIndexOf("'"), start) + 1
  if (body[start] === '"') return quotedEnd(body, start, isAuoms(line))
  if (line.interpreted || (name === 'proctitle' && isAuoms(line))) {
    names.lastIndex = start
    return names.exec(body)?.index ?? body.length
  }
  SPACE.lastIndex = start
  return SPACE.exec(body)?.index ?? body.length
}

const SPACE = /\s/g

/** The kernel has no quote inside of quotes; Azure's agent has, and there a value ends where another member follows. */
function quotedEnd(body: string, start: number, nested: boolean): number {
  for (let at = body.indexOf('"', start + 1); at >= 0; at = body.indexOf('"', at + 1)) {
    if (!nested || /^(?:$| [A-Za-z_][\w.-]*=)/.test(body.slice(at + 1, at + 65))) return at + 1
  }
  return body.length
}

function readValue(line: AuditLine, name: string, raw: string): string {
  if (raw.startsWith('"')) return raw.slice(1, raw.length > 1 && raw.endsWith('"') ? -1 : undefined)
  // Older user-space records have their members in parentheses: `(hostname=?, addr=?)`.
  const bare = raw.includes('(') ? raw : raw.replace(/[,)]+$/, '')
  return isEncoded(line, name) ? decodedHex(bare) : bare
}

/** Members that the kernel writes in hexadecimal where they have spaces, quotes or other than ASCII. */
const ENCODED: ReadonlySet<string> = new Set(
  'acct cmd comm cwd data dir exe file key name path proctitle vm'.split(' '),
)

function isEncoded(line: AuditLine, name: string): boolean {
  if (line.interpreted || isAuoms(line)) return false
  return ENCODED.has(name) || (line.type === 'EXECVE' && /^a\d+$/.test(name))
}

function isAuoms({ type }: AuditLine): boolean {
  return type.startsWith('AUOMS')
}

/** The text that hexadecimal digits stand for; what is none stays. */
export function decodedHex(text: string): string {
  if (text.length === 0 || text.length % 2 === 1 || !/^[0-9A-Fa-f]+$/.test(text)) return text
  return Buffer.from(text, 'hex').toString('utf8')
}
