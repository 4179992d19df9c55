/** One record of the Linux audit system: a line of its log. */
export interface AuditLine {
  /** `SYSCALL`, `EXECVE`, `USER_LOGIN` … */
  readonly type: string
  readonly node?: string
  /** As written: seconds since 1970 with ms, or a date where `ausearch -i` wrote it. */
  readonly time: string
  readonly serial: string
  /** What comes behind, up to what the daemon adds. */
  readonly body: string
  /** Names and words that the daemon adds to the numbers (`log_format = ENRICHED`). */
  readonly added: string
  /** Numbers and hexadecimal texts are already replaced by words: `ausearch -i`. */
  readonly interpreted: boolean
}

const HEAD =
  /(?:\bnode=(\S+) )?(?:\btype=(\S+) )?(?:msg=)?audit\(([0-9:/. APM-]{5,40}?):(\d{1,20})\)( ?):[ \t]*/

/** Reads a line with whatever before it, such as syslog's prefix; `undefined` if it is no audit record. */
export function auditLine(line: string): AuditLine | undefined {
  const mark = line.indexOf('audit(')
  if (mark < 0) return
  const from = Math.max(0, mark - 400)
  const head = HEAD.exec(line.slice(from, mark + 100))
  if (head === null) return
  const [whole, node, type = 'UNKNOWN', time = '', serial = '', gap] = head
  const rest = line.slice(from + head.index + whole.length).trimEnd()
  const separator = rest.indexOf('\u001d')
  return {
    type: TYPES.get(type) ?? type,
    ...(node === undefined ? {} : { node }),
    time,
    serial,
    body: separator < 0 ? rest : rest.slice(0, separator),
    added: separator < 0 ? '' : rest.slice(separator + 1),
    interpreted: gap === ' ' || !/^\d+\.\d+$/.test(time),
  }
}

/** What makes the lines of one event: its host, time and serial number. */
export function auditKey({ node, time, serial }: AuditLine): string {
  return `${node ?? ''} ${time}:${serial}`
}

/** The kernel's own log has numbers. */
const TYPES: ReadonlyMap<string, string> = new Map([
  ['1006', 'LOGIN'],
  ['1300', 'SYSCALL'],
  ['1302', 'PATH'],
  ['1305', 'CONFIG_CHANGE'],
  ['1306', 'SOCKADDR'],
  ['1307', 'CWD'],
  ['1309', 'EXECVE'],
  ['1320', 'EOE'],
  ['1326', 'SECCOMP'],
  ['1327', 'PROCTITLE'],
  ['1400', 'AVC'],
])
