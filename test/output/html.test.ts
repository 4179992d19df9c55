import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { markup } from '../../src/core/html.ts'
import { buckets } from '../../src/output/html/buckets.ts'
import { link, techniqueLink } from '../../src/output/html/link.ts'
import { finding } from '../findings/findings.ts'
import { ledger, printed, report } from './reports.ts'

const many = Array.from({ length: 3000 }, (_, index) =>
  finding({
    id: `finding-${index}`,
    level: index % 10 === 0 ? 'critical' : 'low',
    first_time: new Date(Date.UTC(2024, 0, 1) + index * 3_600_000).toISOString(),
  }),
)

describe('the page', () => {
  test('the policy names the hashes of its style and its script, and nothing else', () => {
    const page = printed('html', report({ findings: [finding()] }))
    for (const element of ['style', 'script']) {
      const [, content = ''] = new RegExp(`<${element}>([^]*?)</${element}>`).exec(page) ?? []
      const hash = createHash('sha256').update(content).digest('base64')
      expect(page).toContain(`${element}-src &#39;sha256-${hash}&#39;`.replaceAll('&#39;', '&#39;'))
    }
    expect(page).toContain('default-src &#39;none&#39;')
  })

  test('of 3,000 findings the 500 most serious are there in full, and the others are told', () => {
    const page = printed('html', report({ findings: many }))
    expect(page.match(/<details class="finding /g)).toHaveLength(500)
    expect(page.match(/<details class="finding critical"/g)).toHaveLength(300)
    expect(page).toContain('2,500 more findings')
  })

  test('of 120 records 50 are there, and the others are told', () => {
    const [record] = finding().evidence
    if (record === undefined) throw new Error('no evidence')
    const evidence = Array.from({ length: 120 }, (_, index) => ({ ...record, record: index }))
    const page = printed('html', report({ findings: [finding({ evidence, count: 120 })] }))
    expect(page).toContain('Evidence: 120 records, the first 50 of them here')
    expect(page).toContain('70 more records')
    expect(page.match(/class="hash"/g)).toHaveLength(50)
  })

  test('a list says how many values it leaves out', () => {
    const address = Array.from({ length: 50 }, (_, index) => `192.0.2.${index}`)
    const page = printed(
      'html',
      report({ findings: [finding({ entities: { address }, more: { 'entities.address': 7 } })] }),
    )
    expect(page).toContain('and 45 more')
  })

  test('without findings it says what was looked at, and has neither bars nor filter', () => {
    const page = printed('html', report())
    expect(page).toContain('none of 60 rules matched any of 1,000 events')
    expect(page).not.toContain('<svg')
    expect(page).not.toContain('type="search"')
  })

  test('a loss stands at the head', () => {
    expect(printed('html', report({ ledger: ledger({ lost: true, failed: 2 }) }))).toContain(
      'Some of the input was lost: 2 records could not be read.',
    )
  })

  test('what approvals hid is there, with who answers for it and some of the events', () => {
    const hid = {
      entry: 'approved_images.yaml:1 (CHG-1)',
      table: 'approved_images',
      owner: 'ops@example.com',
      reason: 'base image',
      expires: '2025-07-01T00:00:00Z',
      count: 1200,
      first_time: '2025-03-04T10:00:00Z',
      last_time: '2025-03-05T10:00:00Z',
      samples: ['e0', 'e1', 'e2', 'e3'],
    }
    const rule = {
      id: 'r',
      title: 'Launch',
      file: 'r.yml',
      end: 'ran',
      hits: 0,
      missing: [],
      problems: [],
    } as const
    const context = {
      ...{ as_of: '2025-06-01T00:00:00Z', tables: [], hidden: false, problems: [] },
      approvals: [hid],
      suppressed: [{ rule: 'r', ...hid }],
    }
    const page = printed('html', report({ ledger: ledger({}, { rules: [rule], context }) }))
    const [, suppressed = '', marked = ''] = page.split(
      /What approvals in rules kept|Matches that are approved/,
    )
    expect(cellsOf(suppressed)).toEqual(['Launch', ...CELLS])
    expect(cellsOf(marked)).toEqual(CELLS)
  })

  test('a finding names the approvals that did not hold', () => {
    const shown = { 'context.approval_expired': ['approved_images.yaml:1 (CHG-1)'], requestId: ['7'] }
    const page = printed('html', report({ findings: [finding({ shown })] }))
    expect(page).toContain(
      '<h4>Approvals</h4><dl><dt>Approval expired</dt><dd><ul><li><code>approved_images.yaml:1 (CHG-1)<',
    )
    expect(page).toContain('<code>requestId</code>')
    expect(page).not.toContain('<code>context.approval_expired</code>')
  })

  test('says when it was made only if it is told', () => {
    expect(printed('html', report())).not.toContain('<span>made ')
    expect(printed('html', report({ generated: 'today' }))).toContain('<span>made today</span>')
  })
})

const CELLS = [
  'approved_images.yaml:1 (CHG-1) ops@example.com: base image',
  '2025-07-01 00:00:00',
  '1,200',
  '2025-03-04 10:00:00',
  '2025-03-05 10:00:00',
  'e0 e1 e2',
]

/** The texts of the cells of the first row in a piece of a page. */
function cellsOf(piece: string): readonly string[] {
  const [, row = ''] = /<tbody><tr>([\s\S]*?)<\/tr>/.exec(piece) ?? []
  const cells = [...row.matchAll(/<td[^>]*>([\s\S]*?)<\/td>/g)].map(([, cell = '']) => cell)
  return cells.map(cell => cell.replace(/(?:<[^>]*>)+/g, ' ').trim())
}

describe('bars', () => {
  test.each([
    ['one finding', [finding()], 'a minute', 12],
    ['3,000 hours', many, '7 days', 19],
    ['2,000 years', [finding({ first_time: '0001-01-01T00:00:00Z' }), finding()], 'about 60 years', 34],
    ['no time', [finding({ first_time: '' })], undefined, 0],
  ])('%s', (_, findings, name, length) => {
    const { step, list, untimed } = buckets(findings)
    expect(list).toHaveLength(length)
    if (name === undefined) expect(untimed).toBe(1)
    else expect(step.name).toBe(name)
    const counted = list.flatMap(({ counts }) => Object.values(counts)).reduce((sum, count) => sum + count, 0)
    expect(counted).toBe(findings.length - untimed)
  })
})

test.each([
  [
    'https://example.com/a?b=1&c',
    '<a href="https://example.com/a?b=1&#38;c" rel="noreferrer noopener">https://example.com/a?b=1&#38;c</a>',
  ],
  ['javascript:alert(1)', 'javascript:alert(1)'],
  ['data:text/html,x', 'data:text/html,x'],
  ['https://', 'https://'],
  ['a paper', 'a paper'],
])('the reference %j', (reference, text) => expect(markup(link(reference))).toBe(text))

test('techniques are linked', () => {
  expect(markup(techniqueLink('T1562.008'))).toContain(
    'href="https://attack.mitre.org/techniques/T1562/008/"',
  )
  expect(markup(techniqueLink('TA0005'))).toBe('TA0005')
})

test.each([
  [
    ['2026-05-13T01:01:00Z', '2026-05-13T03:09:00Z'],
    ['2026-05-13 01:00', '2026-05-13 01:30', '2026-05-13 02:00', '2026-05-13 02:30'],
  ],
  [
    ['2026-05-13T00:10:00Z', '2026-05-14T20:00:00Z'],
    ['2026-05-13 00:00', '2026-05-13 12:00', '2026-05-14 00:00', '2026-05-14 12:00'],
  ],
  [
    ['2023-07-10T00:00:00Z', '2024-10-17T00:00:00Z'],
    ['2023-07-06', '2023-11-02', '2024-02-29', '2024-06-27'],
  ],
])('below the bars stand round times, where they can: %j', (times, ticks) => {
  const page = printed('html', report({ findings: times.map(first_time => finding({ first_time })) }))
  expect(Array.from(page.matchAll(/<text [^>]*>([^<]*)</g), found => found[1])).toEqual(ticks)
})
