import { expect, test } from 'vitest'
import type {
  FileEnd,
  FileEntry,
  LedgerProblem,
  LedgerTotals,
  RuleEnd,
  RuleEntry,
} from '../../src/findings/ledger.ts'
import { ledgerText } from '../../src/output/ledger-text.ts'
import { ledger } from './reports.ts'

function file(name: string, end: FileEnd, problems: readonly LedgerProblem[] = []): FileEntry {
  return {
    file: name,
    end,
    bytes: 10,
    unpacked: 100,
    records: 1,
    events: 1,
    duplicates: 0,
    outside: 0,
    failed: 0,
    apart: {},
    problems,
    problems_total: problems.length,
  }
}

function rule(title: string, end: RuleEnd, more: Partial<RuleEntry> = {}): RuleEntry {
  return { id: title, title, file: 'builtin', end, hits: 0, missing: [], problems: [], ...more }
}

test('all went well', () => {
  expect(ledgerText(ledger({}, { files: [file('a', 'read'), file('b', 'read')] }), { colour: false })).toBe(`\
Files    2 files: 2 read; 1.0 kB, 8.0 kB unpacked
Records  1,200 records: 1,000 distinct events, 100 duplicates
Rules    60 rules: 60 ran
Nothing was lost.
`)
})

test('what was skipped for one reason is one line, few rules that could never match are named', () => {
  const skipped = (why: string) => [{ code: 'input/skipped', message: why, lost: false }]
  const files = [
    file('a', 'skipped', skipped('too early')),
    file('b', 'skipped', skipped('the same file as c')),
    file('d', 'skipped', skipped('too early')),
  ]
  const rules = ['A', 'B', 'C', 'D', 'E'].map(title => rule(title, 'never-able', { missing: ['x'] }))
  const totals = { events: 1102, conflicting: 1, interrupted: true }
  const lines = ledgerText(ledger(totals, { files, rules }), { colour: false }).split('\n')
  expect(lines.slice(1, 3)).toEqual(['  skipped: 2 files: too early', '  skipped: b: the same file as c'])
  expect(lines[3]).toContain('1,000 distinct events, 100 duplicates, 2 more copies that differ (1 id)')
  expect(lines.slice(7)).toEqual([
    '  never able to match: C: never seen here: x',
    '  … and 2 more, see --ledger FILE',
    'It was interrupted before everything was read.',
    '',
  ])
})

test('what was lost comes first, lists are bounded, and the last line says it', () => {
  const cut = { code: 'sources/truncated', message: 'the stream ends early', lost: true }
  const bad = { code: 'sources/bad-json', message: 'not JSON', record: 7, lost: true }
  const note = { code: 'sources/bom', message: 'a mark', lost: false }
  const files = [
    file('note', 'read', [note]),
    file('cut.gz', 'damaged', [note, cut]),
    file('bad', 'failed', [bad]),
  ]
  const rules = [
    rule('R', 'refused', { problems: ['error[sigma/x] r.yml:1:1: wrong', 'another'] }),
    ...['A', 'B', 'C', 'D'].map(title => rule(title, 'never-able', { missing: ['x.y', 'z', 'w'] })),
  ]
  const totals = { lost: true, files: 3, files_lost: 2, failed: 1, apart: { insight: 1, digest: 2 } }
  const counts = { ran: 60, refused: 1, 'never-able': 4 }
  const text = ledgerText(ledger({ ...totals, rules: counts }, { files, rules }), { colour: false, most: 3 })
  expect(text).toBe(`\
Files    3 files: 1 read, 1 damaged, 1 failed; 1.0 kB, 8.0 kB unpacked
  damaged: cut.gz: the stream ends early, and 1 other problem
  failed: bad: not JSON (record 7)
  read: note: a mark
Records  1,200 records: 1,000 distinct events, 100 duplicates, 1 could not be read, 2 digest, 1 insight
Rules    65 rules: 60 ran, 1 refused, 4 never able to match here
  refused: error[sigma/x] r.yml:1:1: wrong, and 1 other problem
  never able to match: A: never seen here: x.y, z and 1 other
  never able to match: B: never seen here: x.y, z and 1 other
  never able to match: C: never seen here: x.y, z and 1 other
  … and 1 more, see --ledger FILE
Some of the input was lost: 2 of 3 files could not be read in full; 1 record could not be read.
`)
})

test('what was lost of the rules alone is not called input', () => {
  const last = (rules: LedgerTotals['rules']): string | undefined =>
    ledgerText(ledger({ lost: true, rules }), { colour: false })
      .trimEnd()
      .split('\n')
      .at(-1)
  expect(last({ ran: 1, refused: 1 })).toBe('Not every rule ran: 1 rule refused.')
  expect(last({ ran: 1 })).toBe('Not every rule or search could be run as it is.')
})
