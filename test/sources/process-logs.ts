import { type EvtxEvent, evtxFile } from './evtx-file.ts'

/** A program that was started. */
export interface Started {
  readonly image: string
  readonly args: readonly string[]
  readonly commandLine: string
}

/** A way to write that down, and the source that reads it. */
export interface Encoding {
  readonly source: string
  readonly write: (started: Started) => string | Buffer
}

const TIME = '2024-05-01T10:00:00.123Z'
const SYSMON = 'Microsoft-Windows-Sysmon'
const SECURITY = 'Microsoft-Windows-Security-Auditing'
const CHANNEL = `${SYSMON}/Operational`
const HOST = 'ws1.example.com'
const USER = 'EXAMPLE\\maria'

/** Of event 1 of Sysmon. */
function sysmonData({ image, commandLine }: Started): Record<string, string> {
  return {
    RuleName: '-',
    UtcTime: '2024-05-01 10:00:00.123',
    ProcessGuid: '{11112222-3333-4444-5555-666677778888}',
    ProcessId: '4711',
    Image: image,
    OriginalFileName: '-',
    CommandLine: commandLine,
    User: USER,
    ParentImage: 'C:\\Windows\\explorer.exe',
    ParentCommandLine: 'explorer.exe "a > b"',
  }
}

/** Of event 4688 of the Security log. */
function auditData({ image, commandLine }: Started): Record<string, string> {
  return {
    SubjectUserName: 'maria',
    SubjectDomainName: 'EXAMPLE',
    NewProcessId: '0x1267',
    NewProcessName: image,
    CommandLine: commandLine,
    ParentProcessName: 'C:\\Windows\\explorer.exe',
    MandatoryLabel: 'S-1-16-8192',
  }
}

type Kind = 'Sysmon' | 'Security'

function eventOf(kind: Kind, started: Started): EvtxEvent {
  const sysmon = kind === 'Sysmon'
  return {
    provider: sysmon ? SYSMON : SECURITY,
    channel: sysmon ? CHANNEL : 'Security',
    computer: HOST,
    id: sysmon ? 1 : 4688,
    time: new Date(TIME),
    data: sysmon ? sysmonData(started) : auditData(started),
  }
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}

function xml({ provider, channel, computer, id, data }: EvtxEvent, gap = ''): string {
  const rows = Object.entries(data).map(([name, value]) => `<Data Name='${name}'>${escaped(value)}</Data>`)
  return [
    "<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'>",
    `<System><Provider Name='${provider}' Guid='{11112222-0000-0000-0000-000000000000}'/><EventID>${id}</EventID>`,
    `<TimeCreated SystemTime='${TIME}'/><EventRecordID>77</EventRecordID><Correlation/>`,
    `<Execution ProcessID='4' ThreadID='8'/><Channel>${channel}</Channel><Computer>${computer}</Computer></System>`,
    `<EventData>${rows.join(gap)}</EventData></Event>`,
  ].join(gap)
}

function winlogbeat({ provider, channel, computer, id, data }: EvtxEvent): object {
  return {
    '@timestamp': TIME,
    event: { code: String(id), provider, kind: 'event' },
    host: { name: computer },
    winlog: {
      event_id: id,
      channel,
      provider_name: provider,
      computer_name: computer,
      record_id: 77,
      event_data: data,
    },
  }
}

/** As the processor for Sysmon leaves it. */
function moved({ image, commandLine }: Started): object {
  return {
    '@timestamp': TIME,
    event: { code: '1', provider: SYSMON, category: ['process'] },
    process: {
      executable: image,
      command_line: commandLine,
      parent: { executable: 'C:\\Windows\\explorer.exe', command_line: 'explorer.exe "a > b"' },
    },
    user: { name: 'maria', domain: 'EXAMPLE' },
    winlog: { channel: CHANNEL, computer_name: HOST, event_id: '1', event_data: { ProcessId: '4711' } },
  }
}

function spread(object: object, before = ''): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(object).flatMap(([key, value]) =>
      typeof value === 'object' && !Array.isArray(value)
        ? Object.entries(spread(value, `${before}${key}.`))
        : [[`${before}${key}`, [value]]],
    ),
  )
}

function dump({ provider, channel, computer, id, data }: EvtxEvent, attributes: '#' | '@' | '_'): object {
  const with_ = (name: string, members: object): object => {
    if (attributes === '#') return { [name]: { '#attributes': members } }
    if (attributes === '_') return { [name]: null, [`${name}_attributes`]: members }
    return { [name]: Object.fromEntries(Object.entries(members).map(([key, value]) => [`@${key}`, value])) }
  }
  const rows = Object.entries(data).map(([name, value]) => ({ '@Name': name, '#text': value }))
  return {
    Event: {
      System: {
        ...with_('Provider', { Name: provider }),
        EventID: attributes === '#' ? { '#attributes': { Qualifiers: 0 }, '#text': id } : id,
        ...with_('TimeCreated', { SystemTime: TIME }),
        EventRecordID: 77,
        Channel: channel,
        Computer: computer,
      },
      EventData: attributes === '@' ? { Data: rows } : data,
    },
  }
}

const line = (value: object): string => `${JSON.stringify(value)}\n`

function csv(row: Readonly<Record<string, string>>): string {
  const cells = (list: readonly string[]): string =>
    list.map(cell => `"${cell.replaceAll('"', '""')}"`).join(',')
  return `${cells(Object.keys(row))}\r\n${cells(Object.values(row))}\r\n`
}

function sentinel(started: Started): Record<string, string> {
  return {
    'TimeGenerated [UTC]': '2024-05-01 10:00:00.123',
    EventSourceName: SECURITY,
    Channel: 'Security',
    Computer: HOST,
    EventID: '4688',
    Activity: '4688 - A new process has been created.',
    ...auditData(started),
  }
}

function defender({ image, commandLine }: Started): Record<string, string> {
  const separator = image.includes('/') ? '/' : '\\'
  return {
    Timestamp: TIME,
    DeviceName: HOST,
    ActionType: 'ProcessCreated',
    FileName: image.slice(image.lastIndexOf(separator) + 1),
    FolderPath: image,
    ProcessCommandLine: commandLine,
    AccountDomain: 'EXAMPLE',
    AccountName: 'maria',
    InitiatingProcessFolderPath: 'C:\\Windows\\explorer.exe',
    InitiatingProcessCommandLine: 'explorer.exe "a > b"',
  }
}

function both(write: (event: EvtxEvent) => string | Buffer, name: string): [string, Encoding][] {
  return (['Sysmon', 'Security'] as const).map(kind => [
    `${kind}, ${name}`,
    { source: 'windows', write: started => write(eventOf(kind, started)) },
  ])
}

const windows = (write: Encoding['write']): Encoding => ({ source: 'windows', write })

export const windowsEncodings: Readonly<Record<string, Encoding>> = Object.fromEntries([
  ...both(event => line(winlogbeat(event)), 'Winlogbeat'),
  ...both(event => line(spread(winlogbeat(event))), "Kibana's export"),
  ...both(event => line(dump(event, '#')), 'evtx_dump'),
  ...both(event => line(dump(event, '_')), 'evtx_dump with attributes apart'),
  ...both(event => line(dump(event, '@')), 'XML as JSON'),
  ...both(
    ({ provider, channel, id, data }) =>
      line({
        EventTime: '2024-05-01 12:00:00',
        Hostname: HOST,
        EventID: id,
        SourceName: provider,
        Channel: channel,
        ...data,
      }),
    'NXLog',
  ),
  ...both(
    ({ provider, channel, id, data }) =>
      JSON.stringify([
        {
          '@timestamp': TIME,
          Hostname: HOST,
          EventID: String(id),
          SourceName: provider,
          Channel: channel,
          ...data,
        },
      ]),
    'flat in an array',
  ),
  ...both(event => `${xml(event)}\n`, 'XML'),
  ...both(event => xml(event, '\r\n  '), 'XML over lines'),
  ...both(event => `\ufeff<?xml version="1.0"?><Events>${xml(event)}</Events>`, 'XML of Event Viewer'),
  ...both(event => Buffer.from(`\ufeff${xml(event)}\r\n`, 'utf16le'), 'XML in UTF-16'),
  ...both(event => line({ preview: false, result: { _raw: xml(event), host: 'x' } }), 'XML in Splunk JSON'),
  ...both(event => csv({ _time: TIME, _raw: xml(event), host: 'x' }), 'XML in Splunk CSV'),
  ...both(event => evtxFile([event]), 'EVTX'),
  ...both(
    ({ provider, channel, id, data }) =>
      line({
        TimeGenerated: TIME,
        Source: provider,
        EventLog: channel,
        Computer: HOST,
        EventID: id,
        EventData: `<DataItem><EventData>${Object.entries(data)
          .map(([name, value]) => `<Data Name="${name}">${escaped(value)}</Data>`)
          .join('')}</EventData></DataItem>`,
      }),
    "Sentinel's Event",
  ),
  ['Sysmon, Winlogbeat with moved fields', windows(started => line(moved(started)))],
  ["Sentinel's SecurityEvent", windows(started => line(sentinel(started)))],
  ["Sentinel's SecurityEvent as CSV", windows(started => csv(sentinel(started)))],
  ['DeviceProcessEvents', windows(started => line(defender(started)))],
  ['DeviceProcessEvents as CSV', windows(started => csv(defender(started)))],
  [
    'DeviceProcessEvents as a stream',
    windows(started =>
      line({ time: TIME, category: 'AdvancedHunting-DeviceProcessEvents', properties: defender(started) }),
    ),
  ],
])

const AUDIT = 'audit(1714557600.123:4242)'

function syscall(image: string, end = ''): string {
  return `type=SYSCALL msg=${AUDIT}: arch=c000003e syscall=59 success=yes exit=0 a0=55d1 a1=55d2 a2=55d3 a3=8 items=2 ppid=100 pid=200 auid=1000 uid=0 tty=pts0 ses=1 comm="megaput" exe="${image}" key="programs"${end}`
}

const hex = (text: string): string => Buffer.from(text).toString('hex').toUpperCase()
const quoted = (text: string): string => (/[ "]/.test(text) ? hex(text) : `"${text}"`)

function audit({ image, args }: Started, node = ''): string {
  return [
    syscall(image),
    `type=EXECVE msg=${AUDIT}: argc=${args.length} ${args.map((one, at) => `a${at}=${quoted(one)}`).join(' ')}`,
    `type=CWD msg=${AUDIT}: cwd="/home/maria"`,
    `type=PATH msg=${AUDIT}: item=0 name="${image}" inode=1 nametype=NORMAL`,
    `type=PATH msg=${AUDIT}: item=1 name="/lib64/ld-linux-x86-64.so.2" inode=2 nametype=NORMAL`,
    `type=PROCTITLE msg=${AUDIT}: proctitle=${hex(args.join('\0'))}`,
  ]
    .map(one => `${node}${one}\n`)
    .join('')
}

/** Long arguments come in pieces. */
function pieces(args: readonly string[]): string {
  return args
    .map((one, at) => {
      const text = hex(one)
      const half = Math.floor(text.length / 4) * 2 + 1
      return `a${at}_len=${text.length} a${at}[0]=${text.slice(0, half)} a${at}[1]=${text.slice(half)}`
    })
    .join(' ')
}

const auditd = (write: Encoding['write']): Encoding => ({ source: 'auditd', write })

export const linuxEncodings: Readonly<Record<string, Encoding>> = {
  'Sysmon for Linux': {
    source: 'linux',
    write: started =>
      `May  1 10:00:00 web1 sysmon: ${xml({
        ...eventOf('Sysmon', started),
        provider: 'Linux-Sysmon',
        channel: 'Linux-Sysmon/Operational',
      })}\nMay  1 10:00:01 web1 sshd[1]: hello\n`,
  },
  auditd: auditd(started => audit(started)),
  'auditd with a node': auditd(started => audit(started, 'node=web1 ')),
  'auditd in syslog': auditd(started => audit(started, 'May  1 10:00:00 web1 audispd: ')),
  'auditd in pieces': auditd(
    ({ image, args }) => `${syscall(image)}\ntype=EXECVE msg=${AUDIT}: argc=${args.length} ${pieces(args)}\n`,
  ),
  'auditd with names added': auditd(({ image, args }) =>
    [
      syscall(image, '\u001dARCH=x86_64 SYSCALL=execve AUID="maria" UID="root"'),
      `type=EXECVE msg=${AUDIT}: argc=${args.length} ${args.map((one, at) => `a${at}=${quoted(one)}`).join(' ')}`,
    ].join('\n'),
  ),
  'ausearch -i': auditd(({ image, args }) => {
    const head = 'msg=audit(05/01/2024 10:00:00.123:4242) :'
    return [
      '----',
      `type=PROCTITLE ${head} proctitle=${args.join(' ')}`,
      `type=EXECVE ${head} argc=${args.length} ${args.map((one, at) => `a${at}=${one}`).join(' ')}`,
      `type=SYSCALL ${head} arch=x86_64 syscall=execve success=yes exit=0 ppid=100 pid=200 auid=maria uid=root comm=megaput exe=${image} key=programs`,
    ].join('\n')
  }),
  'auditd in JSON': auditd(started => line({ host: 'web1', _raw: audit(started) })),
  Laurel: auditd(({ image, args }) =>
    line({
      ID: '1714557600.123:4242',
      NODE: 'web1',
      SYSCALL: {
        arch: '0xc000003e',
        syscall: 59,
        success: 'yes',
        ppid: 100,
        pid: 200,
        uid: 0,
        comm: 'megaput',
        exe: image,
      },
      EXECVE: { argc: args.length, ARGV: args },
      PATH: [
        { item: 0, name: image },
        { item: 1, name: '/lib64/ld-linux-x86-64.so.2' },
      ],
    }),
  ),
  Auditbeat: auditd(({ image, args }) =>
    line({
      '@timestamp': TIME,
      event: { module: 'auditd', action: 'executed' },
      auditd: { message_type: 'syscall', sequence: 4242, result: 'success', data: { syscall: 'execve' } },
      process: { executable: image, name: 'megaput', args, pid: 200, parent: { pid: 100 } },
      user: { id: '0', name: 'root' },
      host: { name: 'web1' },
    }),
  ),
  "Azure's agent": auditd(({ image, commandLine }) =>
    line({
      TimeGenerated: TIME,
      SyslogMessage: `type=AUOMS_EXECVE ${AUDIT}: node=web1 syscall=execve success=yes ppid=100 pid=200 user=root uid=0 comm="megaput" exe="${image}" argc=3 cmdline="${commandLine}" redactors= containerid=`,
    }),
  ),
  DeviceProcessEvents: { source: 'windows', write: started => line(defender(started)) },
}
