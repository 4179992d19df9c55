import { existsSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { JsonObject } from '../../src/core/json.ts'
import { listInputs } from '../../src/engines/files/list.ts'
import { readEvents } from '../../src/engines/files/read-events.ts'
import { field } from '../../src/plan/expr.ts'
import { RuleIndex } from '../../src/scan/rule-index.ts'
import { sourcesFor } from '../../src/sources/sources.ts'
import { evtxFile } from './evtx-file.ts'
import { readContent } from './reading.ts'

const sysmon = (id: number, more: string = ''): string =>
  `<Event><System><Provider Name="Microsoft-Windows-Sysmon"/><EventID>${id}</EventID>` +
  `<Channel>Microsoft-Windows-Sysmon/Operational</Channel></System><EventData>${more}</EventData></Event>`

describe('a rule about a log source', () => {
  const event = (more: JsonObject): JsonObject => ({ EventID: 1, Channel: 'Security', ...more })
  const CHANNEL = 'Microsoft-Windows-Sysmon/Operational'
  test.each<readonly [JsonObject, JsonObject, readonly string[]]>([
    [{ product: 'windows', category: 'process_creation' }, { Channel: CHANNEL }, ['windows']],
    [{ product: 'windows', category: 'process_creation' }, { EventID: 4688 }, ['windows']],
    [{ product: 'windows', category: 'process_creation' }, { EventID: 1 }, []],
    [{ product: 'windows', category: 'process_creation' }, { Channel: CHANNEL, EventID: 3 }, []],
    [
      { category: 'process_creation', product: 'windows' },
      { ActionType: 'ProcessCreated', EventID: 0 },
      ['windows'],
    ],
    [{ product: 'windows', category: 'network_connection' }, { Channel: CHANNEL, EventID: 3 }, ['windows']],
    [{ product: 'windows', category: 'registry_set' }, { Channel: CHANNEL, EventID: 13 }, ['windows']],
    [{ product: 'windows', service: 'security' }, { EventID: 4625 }, ['windows']],
    [{ product: 'windows', service: 'sysmon' }, { EventID: 4625 }, []],
    [{ product: 'windows', service: 'nonsense' }, {}, []],
    [{ product: 'windows' }, {}, ['windows']],
    [
      { product: 'windows', category: 'ps_script' },
      { EventID: 4104, Channel: 'Microsoft-Windows-PowerShell/Operational' },
      ['windows'],
    ],
    [{ product: 'linux', category: 'process_creation' }, { Channel: 'Linux-Sysmon/Operational' }, ['linux']],
    [{ product: 'linux', category: 'process_creation' }, { type: ['SYSCALL', 'EXECVE'] }, ['auditd']],
    [{ product: 'linux', service: 'auditd' }, { type: ['LOGIN'] }, ['auditd']],
    [{ product: 'linux', service: 'sshd' }, {}, []],
  ])('%j looks at %j in %j', (logsource, more, expected) => {
    const where = { kind: 'constant', value: true } as const
    const matching = sourcesFor(logsource).filter(source => {
      const about = source.about?.(logsource) ?? where
      return new RuleIndex([{ where: about }]).matches(event(more), '{}').length > 0
    })
    expect(matching.map(({ id }) => id)).toEqual(expected)
    expect(field('EventID').path).toEqual(['EventID'])
  })
})

describe('XML', () => {
  test('several events on one line, an unended one, and text between', async () => {
    const broken = sysmon(2).replace('</Event>', '')
    const { found, tally } = await readContent(
      `<Events>${sysmon(1)}${sysmon(3)}</Events>\nsome line\n${broken}\n${sysmon(5)}\n`,
    )
    expect(found.map(({ record, number }) => [record['EventID'], number])).toEqual([
      [1, 0],
      [3, 1],
      [5, 4],
    ])
    expect([tally.failed, tally.apart, tally.end]).toEqual([1, { unrecognised: 1 }, 'damaged'])
  })
  test('entities are read, names are safe, the text stays evidence', async () => {
    const data =
      '<Data Name="__proto__">x</Data><Data Name="Source Name">&lt;&#x41;&#66;&amp;lt;&unknown;</Data>'
    const { found } = await readContent(`${sysmon(1, data)}\n`)
    const [event] = found
    expect(Object.hasOwn(event?.record ?? {}, '__proto__')).toBe(true)
    expect(event?.record['SourceName']).toBe('<AB&lt;&unknown;')
    expect(event?.text).toBe(sysmon(1, data))
    expect(event?.made).toBe(true)
  })
  test('an event that never ends is left out, whatever its length', async () => {
    const start = '<Event><System><Provider Name="x"/>'
    const { tally } = await readContent(`${sysmon(1)}\n${start}\n${'x\n'.repeat(2000)}`, { maxRecord: 1000 })
    expect([tally.events, tally.failed > 0]).toEqual([1, true])
  })
})

describe('an event log of Windows', () => {
  const one = {
    provider: 'Microsoft-Windows-Sysmon',
    channel: 'Microsoft-Windows-Sysmon/Operational',
    computer: 'ws1.example.com',
    id: 22,
    time: new Date('2024-05-01T10:00:00Z'),
    data: { QueryName: 'storage.example.com' },
  }
  const file = evtxFile([one, one, one])
  test('its records are events', async () => {
    const { found, tally } = await readContent(file)
    expect(found.map(({ record }) => record['QueryName'])).toEqual(Array(3).fill('storage.example.com'))
    expect([tally.end, tally.problems]).toEqual(['read', []])
  })
  test('one damaged record costs itself', async () => {
    const bytes = Buffer.from(file)
    const second = 4096 + 512 + bytes.readUInt32LE(4096 + 512 + 4)
    bytes.fill(0xee, second + 24, second + 60)
    const { found, tally } = await readContent(bytes)
    expect([found.length, tally.failed, tally.end]).toEqual([2, 1, 'damaged'])
    expect(tally.problems.map(({ code }) => code)).toEqual(['input/corrupt', 'input/bad-record'])
  })
  test('one that ends early says so', async () => {
    const { tally } = await readContent(file.subarray(0, 20_000))
    expect(tally.problems.map(({ code }) => code)).toEqual(['input/truncated'])
  })
  test('whatever stands in it, it ends', async () => {
    for (let round = 0; round < 200; round += 1) {
      const bytes = Buffer.from(file)
      for (let hit = 0; hit < 8; hit += 1)
        bytes[4096 + 512 + ((round * 131 + hit * 977) % 3000)] = (round * 37 + hit) % 256
      const { tally } = await readContent(bytes)
      expect(tally.end).not.toBe('not-a-log')
    }
  })
})

describe('auditd', () => {
  const line = (serial: number, rest: string, type = 'SYSCALL'): string =>
    `type=${type} msg=audit(1714557600.123:${serial}): ${rest}`
  test('lines of several events among each other', async () => {
    const { found } = await readContent(
      [
        line(1, 'success=no exe="/bin/a" uid=0'),
        line(2, 'exe="/bin/b" uid=1000'),
        line(1, 'cwd="/x"', 'CWD'),
        line(2, '', 'EOE'),
        line(1, `name=${Buffer.from('/tmp/a b').toString('hex').toUpperCase()} nametype=CREATE`, 'PATH'),
        line(1, 'name="/tmp" nametype=PARENT', 'PATH'),
      ].join('\n'),
    )
    expect(found.map(({ record }) => [record['Image'], record['type']])).toEqual([
      ['/bin/b', ['SYSCALL', 'EOE']],
      ['/bin/a', ['SYSCALL', 'CWD', 'PATH']],
    ])
    expect(found[1]?.record).toMatchObject({
      name: ['/tmp/a b', '/tmp'],
      cwd: '/x',
      success: 'no',
      User: 'root',
    })
    expect(found[1]?.source.normalise(found[1].record)).toMatchObject({
      outcome: 'denied',
      time: 1714557600123,
    })
    expect(found[1]?.text.split('\n')).toHaveLength(4)
  })
  test('a record of a program in user space', async () => {
    const message = `op=login acct="maria" exe="/usr/sbin/sshd" hostname=? addr=192.0.2.9 terminal=ssh res=failed`
    const { found } = await readContent(line(3, `pid=1 uid=0 msg='${message}'`, 'USER_LOGIN'))
    expect(found[0]?.source.normalise(found[0].record)).toMatchObject({
      action: 'USER_LOGIN',
      outcome: 'denied',
      address: '192.0.2.9',
      actor: { name: 'maria' },
    })
  })
})

const DATA = '../shared/data'
const there = existsSync(DATA)
if (!there) console.warn(`skipped: ${DATA} is not there`)

describe.skipIf(!there)('real logs', () => {
  test.each([
    ['auditd/msticpy-auditd_log.txt', 'auditd', 938],
    ['auditd/otrf-syslog*.json', 'auditd', 50],
    ['sysmon/otrf-syslog*.json', 'linux', 92],
    ['sysmon/otrf-windows*.json', 'windows', 298],
    ['sysmon/sigma-regression.jsonl', 'windows', 91],
    ['sysmon/sekoia-normalisation.jsonl', 'windows', 9],
  ])('%s', async (pattern, id, count) => {
    const ids: string[] = []
    for (const file of listInputs([`${DATA}/${pattern}`]).files) {
      const tally = await readEvents(
        file,
        { maxUnpacked: 1 << 28, maxRecord: 1 << 26, chunk: 1 << 16 },
        event => {
          ids.push(event.source.id)
          expect(event.source.normalise(event.record).time).toBeGreaterThan(0)
        },
      )
      expect(tally.failed).toBe(0)
    }
    expect([new Set(ids), ids.length]).toEqual([new Set([id]), count])
  })
})
