import { readdirSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import { type FindingHead, FindingList, listOf, merged } from '../../src/findings/finding-list.ts'
import { FindingGroups } from '../../src/findings/group.ts'
import type { Hit, RuleFacts } from '../../src/findings/hit.ts'
import { type FormatName, formats } from '../../src/output/formats.ts'
import { levelCounts, timeRange } from '../../src/output/report.ts'
import { ruleCounts } from '../../src/output/rule-counts.ts'
import { ledger } from '../output/reports.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { finding } from './findings.ts'
import { DAY, HOUR, hit, manyHits, rule, START } from './hits.ts'

const folder = temporaryFolder()

/** So many findings, each counted when it is made. */
function counting(findings: number): { readonly list: FindingList; readonly made: () => number } {
  let made = 0
  const because = (): readonly string[] => [`made as number ${++made}`]
  const groups = new FindingGroups([{ ...rule, because }])
  for (let at = 0; at < findings; at++) groups.add(hit(at, START + at * 2 * DAY))
  return { list: groups.finish(), made: () => made }
}

describe('findings are made when they are asked for', () => {
  test('to gather, sort, merge and count them makes none', () => {
    const { list, made } = counting(20)
    const all = merged(list, listOf([finding()]))
    expect(all.length).toBe(21)
    expect(levelCounts(all.heads).high).toBe(21)
    expect(timeRange(all.heads)?.first).toBe('2024-05-01T10:00:00Z')
    expect(ruleCounts(all.heads)).toMatchObject([{ findings: 21, events: 22 }])
    expect(made()).toBe(0)
  })

  test('a loop makes one at a time, and keeps none', () => {
    const { list, made } = counting(20)
    const [first] = list
    expect(made()).toBe(1)
    const [again] = list
    expect(again).not.toBe(first)
    expect(again?.id).toBe(first?.id)
  })

  const line: readonly FormatName[] = ['jsonl', 'json', 'csv', 'ocsf', 'table']
  test.each(line)('%s writes each before the next is made', name => {
    const { list, made } = counting(20)
    const ahead: number[] = []
    let written = 0
    const write = (text: string): void => {
      if (!text.includes(`made as number ${written + 1}:`)) return
      ahead.push(made() - ++written)
    }
    const report = { findings: list, ledger: ledger(), title: 't', inputs: [] }
    formats[name](report, write, { colour: false, width: 200 })
    expect(ahead).toEqual(Array.from({ length: 20 }, () => 0))
    expect(made()).toBe(20)
  })

  test('html makes only those that it shows in full', () => {
    const { list, made } = counting(520)
    formats.html({ findings: list, ledger: ledger(), title: 't', inputs: [] }, () => {}, {
      colour: false,
      width: 80,
    })
    expect(made()).toBe(500)
  })

  test('a head says what the whole says', () => {
    const { list } = counting(3)
    const said = ({ whole, ...head }: FindingHead): object => head
    for (const head of list.heads) {
      const { id, rule_id, title, level, attack, first_time, last_time, count, entity } = head
      expect(head.whole()).toMatchObject({
        id,
        rule_id,
        title,
        level,
        attack,
        first_time,
        last_time,
        count,
        entity,
      })
    }
    const one = finding()
    for (const head of listOf([one]).heads) expect(one).toMatchObject(said(head))
  })
})

describe('what is packed away comes back', () => {
  const word = fc.constantFrom('a', 'b', 'c', '__proto__', '\ud800', 'é')
  const anyHit = fc
    .record({
      rule: fc.nat(1),
      time: fc.option(fc.integer({ min: 0, max: 200 }), { nil: undefined, freq: 20 }),
      principal: word,
      address: word,
      error: word,
      resources: fc.array(word, { maxLength: 3 }),
      matched: fc.array(fc.record({ field: word, value: word }), { maxLength: 2 }),
      odd: fc.boolean(),
    })
    .map(({ time, principal, odd, ...more }) => ({
      time: time === undefined ? undefined : START + time * HOUR,
      more: { ...more, actor: { principal } },
      odd,
    }))
  const rules = [rule, { ...rule, id: 'second' }]

  test.each([
    ['after each hit', 0],
    ['after some', 5000],
  ])('%s', (_, memory) => {
    fc.assert(
      fc.property(fc.array(anyHit, { maxLength: 40 }), drawn => {
        const hits = drawn.map(({ time, more, odd }, record) => {
          const one = hit(record, time, more)
          return odd ? { ...one, evidence: { ...one.evidence, event_id: `odd-${record}-\ud800` } } : one
        })
        expect(printed(hits, rules, memory)).toBe(printed(hits, rules))
      }),
      { numRuns: 60 },
    )
  })

  test('with more values and evidence than are kept', () => {
    const hits = manyHits(13_000)
    expect(printed(hits, [rule], 500_000)).toBe(printed(hits, [rule]))
  })

  test('and nothing is left on disk once the list is closed', () => {
    vi.stubEnv('TMPDIR', folder)
    const groups = new FindingGroups([rule], 0)
    for (let at = 0; at < 5; at++) groups.add(hit(at, START))
    const list = groups.finish()
    const [found] = list
    expect(found?.evidence.map(({ record }) => record)).toEqual([0, 1, 2, 3, 4])
    expect(readdirSync(folder)).toHaveLength(1)
    list.close()
    expect(readdirSync(folder)).toEqual([])
    expect(() => [...list]).toThrow('bug: the spool is closed')
    vi.unstubAllEnvs()
  })

  function printed(hits: readonly Hit[], facts: readonly RuleFacts[], memory?: number): string {
    const groups = new FindingGroups(facts, memory)
    for (const one of hits) groups.add(one)
    const list = groups.finish()
    const text = JSON.stringify([...list])
    // Made a second time they say the same.
    expect(JSON.stringify([...list])).toBe(text)
    list.close()
    return text
  }
})

test('a list can stand for findings that are there already', () => {
  const findings = [finding(), finding({ id: 'b' })]
  expect([...listOf(findings)]).toEqual(findings)
  expect([...new FindingList([])]).toEqual([])
})
