import { parse } from 'csv-parse/sync'
import { describe, expect, test } from 'vitest'
import { html, markup } from '../../src/core/html.ts'
import { safeJson, terminalSafe } from '../../src/core/terminal.ts'
import type { Finding } from '../../src/findings/finding.ts'
import { readFindings } from '../../src/findings/read-findings.ts'
import { ledgerText } from '../../src/output/ledger-text.ts'
import { finding } from '../findings/findings.ts'
import { ledger, printed, report } from './reports.ts'

const HOSTILE = [
  `"'\`&<>`,
  '</script><script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '"><svg/onload=alert(1)>',
  '--><!--',
  ']]>',
  '</style></title></details>',
  "=cmd|' /C calc'!A0",
  '@SUM(1+1)*cmd',
  '+1;=2',
  '\t=1',
  '\x1b[2J\x1b]0;title\x07',
  '\x9b31m\x90q\x9c',
  '\u202eexe.txt\u202c\u2066x\u2069',
  'a\0b',
  '\ud800 and \udc00',
  'one\ntwo\r\nthree\u2028four',
  '\u200b\ufeff\u{e0041}',
  'javascript:alert(1)',
  '$' + '{1} {{2}} %s',
  '__proto__',
  '',
]

/** A finding in which every text is this one. */
function hostile(text: string): Finding {
  return finding({
    id: text,
    rule_id: text,
    title: text,
    status: text,
    description: text,
    attack: [text],
    entity: { kind: text, value: text },
    entities: { actor: [text], resource: [text, text], user_agent: [text] },
    actions: [text],
    errors: Object.fromEntries([[text, 1]]),
    matched: Object.fromEntries([[text, [text, text]]]),
    shown: Object.fromEntries([[text, [text]]]),
    why: text,
    falsepositives: [text],
    references: [text, `https://example.com/${text}`],
    author: text,
    evidence: [{ event_id: text, event_time: text, file: text, record: 0, sha256: text }],
  })
}

const findings = HOSTILE.map(hostile)
const file = HOSTILE.map(text => ({
  file: text,
  end: 'damaged' as const,
  bytes: 0,
  unpacked: 0,
  records: 0,
  events: 0,
  duplicates: 0,
  outside: 0,
  failed: 0,
  apart: {},
  problems: [{ code: 'sources/x', message: text, lost: true }],
  problems_total: 1,
}))
const rules = HOSTILE.map((text, index) => ({
  id: text,
  title: text,
  file: text,
  end: index % 2 === 0 ? ('refused' as const) : ('never-able' as const),
  hits: 0,
  missing: [text],
  problems: [text],
  notes: [text],
}))
const approvals = HOSTILE.map(text => ({
  rule: text,
  entry: text,
  table: text,
  owner: text,
  reason: text,
  expires: text,
  count: 1,
  first_time: text,
  last_time: text,
  samples: [text],
}))
const context = {
  as_of: '',
  tables: [],
  hidden: false,
  approvals,
  suppressed: approvals,
  problems: HOSTILE,
}
const losses = ledger({ lost: true, apart: { '<b>': 1 } }, { files: file, rules, context })
const all = report({ findings, ledger: losses, title: HOSTILE.join(''), inputs: HOSTILE })

/** Controls, marks that turn text, invisible characters, halves of pairs. */
const UNSEEN =
  /[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\u{e0000}-\u{e007f}\p{Surrogate}]/u

describe('a terminal', () => {
  test('gets no control but the ends of lines', () => {
    const text = printed('table', all) + ledgerText(losses, { colour: false, most: 100 })
    expect(text).not.toMatch(UNSEEN)
    expect(text).not.toContain('\t')
  })

  test('gets no escape sequence but those of colours', () => {
    const text = printed('table', all, { colour: true, width: 100 })
    expect(text.replace(/\x1b\[[\d;]+m/g, '')).not.toMatch(UNSEEN)
  })

  test('shows what was there', () => {
    expect(terminalSafe('a\x1b[2J\n\u202e\u{e0041}\ud800é👩‍💻')).toBe(
      'a\\x1b[2J\\n\\u202e\\u{e0041}\\ud800é👩‍💻',
    )
  })
})

describe('a browser', () => {
  const page = printed('html', all)

  test('gets only markup that this project wrote', () => {
    const [before = '', , after = ''] = page.split(/<style>|<\/style>/)
    const [body = '', script = '', end = ''] = after.split(/<script>|<\/script>/)
    expect(script).not.toMatch(/\\|<\/|<!--/)
    const outside = `${before}${body}${end}`.replace(/<!doctype html>/, '').replace(TAG, '')
    expect(outside).not.toMatch(/[<>]/)
    expect(page).not.toMatch(UNSEEN)
  })

  test('gets no address but those of the web, and nothing to fetch', () => {
    for (const [, address] of page.matchAll(/href="([^"]*)"/g))
      expect(address).toMatch(/^(https:\/\/|#ledger$)/)
    expect(page).not.toMatch(/ (src|action|srcset|style|on\w+)="/)
  })

  test('values in templates are escaped, markup is not escaped twice', () => {
    const inner = html`<b>${'<&"\'`'}</b>`
    expect(markup(html`<p title="${'"x"'}">${inner}${undefined}${3}${['<', inner]}</p>`)).toBe(
      '<p title="&#34;x&#34;"><b>&#60;&#38;&#34;&#39;&#96;</b>3&#60;<b>&#60;&#38;&#34;&#39;&#96;</b></p>',
    )
    const forged = { kind: 'html', markup: '<b>' } as unknown as string
    expect(markup(html`${forged}`)).not.toContain('<b>')
  })
})

/** A tag of the page: quoted attributes without markup in them. */
const TAG =
  /<\/?(html|head|meta|title|body|header|main|section|h[1-4]|div|p|span|ul|li|b|i|a|figure|figcaption|svg|line|g|rect|text|input|label|button|output|details|summary|time|code|dl|dt|dd|table|thead|tbody|tr|th|td|footer)( [\w-]+(="[^"<>]*")?)*\/?>/gi

test('a spreadsheet gets one line a finding, and no formula', () => {
  const text = printed('csv', all)
  const rows = parse(text, { relax_column_count: false }) as readonly (readonly string[])[]
  expect(rows).toHaveLength(HOSTILE.length + 1)
  expect(text.split('\r\n')).toHaveLength(HOSTILE.length + 2)
  expect(text).not.toMatch(UNSEEN_BUT_LINES)
  for (const cell of rows.flat()) expect(cell).not.toMatch(/^[=+\-@\t\r＝]/)
})

const UNSEEN_BUT_LINES = new RegExp(UNSEEN.source.replace('\\x0b-\\x1f', '\\x0b\\x0c\\x0e-\\x1f'), 'u')

test('JSON comes back as it was', () => {
  const lines = printed('jsonl', all)
  expect(lines.split('\n')).toHaveLength(HOSTILE.length + 1)
  expect(Buffer.from(lines, 'utf8').toString('utf8')).toBe(lines)
  expect(readFindings(lines)).toEqual({ ok: true, value: findings, problems: [] })
  expect(readFindings(printed('json', all))).toEqual({ ok: true, value: findings, problems: [] })
  for (const [index, line] of printed('ocsf', all).trimEnd().split('\n').entries())
    expect(JSON.parse(line).finding_info.title).toBe(HOSTILE[index])
})

test('JSON has nothing that a terminal obeys or that ends a line for some readers', () => {
  for (const name of ['json', 'jsonl', 'ocsf'] as const) expect(printed(name, all)).not.toMatch(UNSEEN)
  expect(safeJson({ text: 'a\n\x9b\u{e0041}é' }, 2)).toBe('{\n  "text": "a\\n\\u009b\\udb40\\udc41é"\n}')
})
