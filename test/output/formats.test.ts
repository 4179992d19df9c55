import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { displayWidth } from '../../src/core/display-width.ts'
import type { Finding } from '../../src/findings/finding.ts'
import { FindingGroups } from '../../src/findings/group.ts'
import { type FormatName, formats } from '../../src/output/formats.ts'
import { finding } from '../findings/findings.ts'
import { HOUR, hit, rule, START, shuffled } from '../findings/hits.ts'
import { ledger, printed, report } from './reports.ts'

const names = Object.keys(formats) as readonly FormatName[]

test.each(names)('%s is the same whatever the order of the hits', name => {
  fc.assert(
    fc.property(fc.array(fc.nat(300), { maxLength: 30 }), fc.nat(), (times, seed) => {
      const hits = times.map((time, record) =>
        hit(record, START + time * HOUR, { address: `192.0.2.${time % 7}` }),
      )
      const [one, other] = [hits, shuffled(hits, seed)].map(order => {
        const groups = new FindingGroups([rule])
        for (const each of order) groups.add(each)
        return printed(name, report({ findings: groups.finish() }), { colour: true, width: 80 })
      })
      expect(other).toBe(one)
    }),
    { numRuns: 30 },
  )
})

describe('table', () => {
  test('a headline and the reason of each finding, then what it comes to', () => {
    const findings = [finding(), finding({ id: 'b', level: 'critical', title: 'Worse', rule_id: 'b' })]
    expect(printed('table', report({ findings }))).toBe(`\
high  2024-05-01 10:00:00  Trail stopped                                               2×  denied
      role Deploy (111122223333) called StopLogging 2 times from 198.51.100.7: denied
      (TrailNotFoundException)
crit  2024-05-01 10:00:00  Worse                                                       2×  denied
      role Deploy (111122223333) called StopLogging 2 times from 198.51.100.7: denied
      (TrailNotFoundException)

2 findings. 60 rules ran over 1,000 events.
1 crit  1 high
From 2024-05-01 10:00:00 to 2024-05-01 10:00:01 UTC
`)
    expect(printed('table', report({ findings: [...findings, finding({ id: 'c' })] }))).toContain(`
Most findings, of 2 rules:
       2  high  Trail stopped  4 events
       1  crit  Worse  2 events
`)
  })

  test.each([
    [{}, 'No findings: none of 60 rules matched any of 1,000 events.\n'],
    [{ distinct: 0 }, 'No findings, because no event was read.\n'],
    [{ distinct: 0, outside: 9 }, 'No findings, because no event is in the time range.\n'],
    [{ rules: {} }, 'No findings, because no rule ran.\n'],
    [
      { rules: { ran: 1, 'never-able': 2 } },
      'No findings: none of 3 rules matched any of 1,000 events. 2 of them could not have: a field they\n' +
        'need was never seen.\n',
    ],
    [
      { lost: true, files_lost: 1, failed: 3 },
      'No findings in what could be read: 60 rules ran over 1,000 events.\n' +
        'Some of the input was lost: 1 of 2 files could not be read in full; 3 records could not be read.\n',
    ],
  ])('without findings it says how much was looked at: %j', (totals, text) => {
    expect(printed('table', report({ ledger: ledger(totals) }))).toBe(text)
  })

  test('no line is wider than the terminal', () => {
    const wide = finding({
      title: '探査👩‍💻é'.repeat(30),
      why: `${'宽'.repeat(90)} ${'x'.repeat(200)} a b c`,
      count: 1e9,
    })
    for (const width of [40, 60, 79, 120, 250])
      for (const line of printed('table', report({ findings: [wide, finding()] }), {
        colour: false,
        width,
      }).split('\n'))
        expect(displayWidth(line)).toBeLessThanOrEqual(width)
  })

  test('levels have colours', () => {
    const text = printed('table', report({ findings: [finding()] }), { colour: true, width: 80 })
    expect(text).toContain('\x1b[38;5;208mhigh\x1b[0m')
  })
})

describe('json', () => {
  const findings = [finding(), finding({ id: 'b' })]

  test('one array, or one finding a line', () => {
    expect(JSON.parse(printed('json', report({ findings })))).toEqual(JSON.parse(JSON.stringify(findings)))
    expect(printed('json', report())).toBe('[]\n')
    const lines = printed('jsonl', report({ findings })).split('\n')
    expect(lines).toHaveLength(3)
    expect(Object.keys(JSON.parse(lines[0] ?? ''))).toEqual([
      ...[
        'id',
        'rule_id',
        'title',
        'level',
        'attack',
        'first_time',
        'last_time',
        'count',
        'outcome',
        'entity',
      ],
      ...[
        'entities',
        'actions',
        'errors',
        'matched',
        'shown',
        'why',
        'falsepositives',
        'references',
        'evidence',
      ],
    ])
  })
})

describe('csv', () => {
  test('a head line and one line a finding', () => {
    const [row] = parse(printed('csv', report({ findings: [finding({ title: 'a "b", c' })] })), {
      columns: true,
    })
    expect(row).toMatchObject({
      level: 'high',
      title: 'a "b", c',
      count: '2',
      errors: 'TrailNotFoundException: 2',
      matched: 'eventName=StopLogging',
      address: '198.51.100.7',
      evidence: 'a.json#0 ¦ a.json#1',
    })
  })

  test.each(['=1', '+1', '-1+A1', '@x', '\tx', '\r=1', '\n=1', '＝1'])('%j is no formula', title => {
    const [row] = parse(printed('csv', report({ findings: [finding({ title })] })), { columns: true }) as {
      readonly title: string
    }[]
    expect(row?.title).toMatch(/^'[^\r\n\t]+$/)
  })

  test.each(['-5', '-0.25', '1e5', '-1e-7'])('%s is a number', title => {
    expect(printed('csv', report({ findings: [finding({ title })] }))).toContain(`,${title},`)
  })
})

describe('ocsf', () => {
  test('a Detection Finding', () => {
    const attack = ['T1562.008', 'T1537']
    const line = printed(
      'ocsf',
      report({ findings: [finding({ attack, entities: { address: ['192.0.2.1'] } })] }),
    )
    expect(JSON.parse(line)).toMatchObject({
      class_uid: 2004,
      category_uid: 2,
      activity_id: 1,
      type_uid: 200401,
      severity_id: 4,
      status_id: 1,
      time: START + 1000,
      count: 2,
      finding_info: {
        uid: finding().id,
        title: 'Trail stopped',
        analytic: { uid: rule.id, name: 'Trail stopped', type: 'Rule', type_id: 1 },
        attacks: [
          { technique: { uid: 'T1562' }, sub_technique: { uid: 'T1562.008' } },
          { technique: { uid: 'T1537' } },
        ],
        first_seen_time: START,
        last_seen_time: START + 1000,
      },
      evidences: [{ data: { file: 'a.json', record: 0 } }, { data: { file: 'a.json', record: 1 } }],
      observables: [{ name: 'src_endpoint.ip', type_id: 2, type: 'IP Address', value: '192.0.2.1' }],
      cloud: { provider: 'AWS' },
      metadata: { version: '1.5.0', profiles: ['cloud'], product: { name: 'nephoscope' } },
      unmapped: { outcome: 'denied' },
    })
  })

  test('names the provider that actions and resources tell of, and no other', () => {
    const cloudOf = (more: Partial<Finding>): unknown => {
      const { cloud, metadata } = JSON.parse(printed('ocsf', report({ findings: [finding(more)] })))
      expect(metadata.profiles).toEqual(cloud === undefined ? undefined : ['cloud'])
      return cloud
    }
    const entities = { account: ['x'], region: ['westeurope'], resource: ['/subscriptions/x/vaults/y'] }
    expect(cloudOf({ actions: ['vaults delete'], entities })).toEqual({
      provider: 'Azure',
      account: { uid: 'x' },
      region: 'westeurope',
    })
    expect(cloudOf({ actions: ['storage.googleapis.com storage.setIamPermissions'], entities: {} })).toEqual({
      provider: 'GCP',
    })
    expect(cloudOf({ actions: ['Set-Mailbox'], entities: {} })).toBeUndefined()
  })

  test('without a time', () => {
    const found = JSON.parse(
      printed('ocsf', report({ findings: [finding({ first_time: '', last_time: '' })] })),
    )
    expect(found.time).toBe(0)
    expect(found.finding_info).not.toHaveProperty('first_seen_time')
  })
})
