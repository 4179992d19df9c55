import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { an0370 } from '../../src/analytics/an0370/an0370.ts'
import { LEVELS, type Level } from '../../src/core/level.ts'
import { thousands } from '../../src/core/quantity.ts'
import type { Evidence, Finding } from '../../src/findings/finding.ts'
import type { Label } from '../../src/simulate/labels.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { huntSimulated, type Simulated } from './simulated-hunt.ts'

const ids = Array.from({ length: 13 }, (_, number) => `T${number + 1}`)
const runs = Number(process.env['RUNS'] ?? 1)
/** `RUNS=50` plays more simulations, `SEED=other` others, `DAYS=30` months. */
const days = Number(process.env['DAYS'] ?? 2)
const seeds = Array.from({ length: runs }, (_, number) => `${process.env['SEED'] ?? 'an0370'}-${number}`)
const folder = temporaryFolder()
const rank = (level: Level): number => LEVELS.indexOf(level)

/** Is a record of an act? By its id, behind which in other clouds log and time stand; rows of flow logs have none, but their text. */
function isOf({ event_ids, other_ids = [], flows = [] }: Label): (record: Evidence) => boolean {
  const own = new Set(event_ids)
  const others = new Set(other_ids)
  const rows = new Set(flows.map(row => createHash('sha256').update(row).digest('hex')))
  return ({ event_id, sha256 }) =>
    own.has(event_id) || others.has(event_id.split(' ')[0] ?? '') || rows.has(sha256)
}

const touches = (finding: Finding, has: (record: Evidence) => boolean): boolean => finding.evidence.some(has)

describe.each(seeds)('simulated days of seed %s', seed => {
  let day: Promise<Simulated> | undefined
  const hunted = (): Promise<Simulated> => {
    day ??= huntSimulated([an0370], join(folder, seed), {
      seed,
      ids,
      days,
      eventsPerDay: 300,
      flows: true,
    })
    return day
  }
  const own = ({ findings }: Simulated) => findings.filter(({ rule_id }) => rule_id === an0370.meta.id)

  test('each attack that can be seen is found at its level, by the analytic itself', async () => {
    const result = await hunted()
    const attacks = result.labels.filter(
      ({ kind, expected }) => kind === 'attack' && expected.outcome === 'found',
    )
    expect(attacks.length).toBeGreaterThanOrEqual(10)
    for (const label of attacks) {
      const about = own(result).filter(finding => touches(finding, isOf(label)))
      const worst = Math.max(-1, ...about.map(({ level }) => rank(level)))
      expect(worst, `${label.scenario} ${label.act}`).toBeGreaterThanOrEqual(
        rank(label.expected.at_least ?? 'low'),
      )
    }
  })

  test('nothing above low is said of a twin, whatever rule says it', async () => {
    const { findings, labels } = await hunted()
    const attacks = labels.filter(({ kind }) => kind === 'attack').map(isOf)
    for (const label of labels.filter(({ kind }) => kind !== 'attack')) {
      const about = findings
        .filter(finding => touches(finding, isOf(label)))
        // What a finding says of an attack in the same session it says of the attack.
        .filter(finding => !attacks.some(has => touches(finding, has)))
      const loud = about.filter(({ level }) => rank(level) > rank('low'))
      expect(
        loud.map(({ title, level }) => `${level} ${title}`),
        `${label.scenario} ${label.act}`,
      ).toEqual([])
    }
  })

  test('approved transfers come out as such, with the entry that says so, and the ledger counts them', async () => {
    const result = await hunted()
    const approved = result.labels.filter(({ expected }) => expected.outcome === 'approved')
    expect(approved).toHaveLength(4)
    const attacks = result.labels.filter(({ kind }) => kind === 'attack').map(isOf)
    for (const label of approved) {
      const about = own(result)
        .filter(finding => touches(finding, isOf(label)))
        // What the same machine sent to somebody else it may have sent of the same objects.
        .filter(finding => !attacks.some(has => touches(finding, has)))
      expect(about.length, label.scenario).toBeGreaterThan(0)
      for (const { level, title, answers = [] } of about) {
        expect([level, title]).toEqual(['informational', expect.stringContaining('on an approved path')])
        const { value } = answers.find(({ question }) => question.includes('approved')) ?? {}
        expect(value).toMatch(
          /^yes \(full-match: all is as approved\): approved_transfers\.yaml:\d+ \(approved_transfers-\d+\), /,
        )
      }
    }
    expect(result.ledger.context?.approvals.length).toBeGreaterThanOrEqual(4)
  })

  test('an unknown destination is told as unknown, and is no all-clear', async () => {
    const result = await hunted()
    const label = result.labels.find(({ expected }) => expected.outcome === 'unknown')
    const about = own(result).filter(finding => label !== undefined && touches(finding, isOf(label)))
    expect(about).toHaveLength(1)
    // Somebody may copy to a known stranger in the same session: then that is the title, and the list has both.
    const { value, details } =
      about[0]?.answers?.find(({ question }) => question === 'what destination') ?? {}
    const all = [value, ...(details?.['destinations'] ?? [])]
    expect(all.some(text => text?.includes(': unknown (owner-unknown: '))).toBe(true)
    if (!all.some(text => text?.includes(': external ')))
      expect(about[0]?.title).toBe('Objects of a sensitive bucket copied to an unknown destination')
  })

  test('buckets whose reads nobody records are told of, on findings and in the ledger', async () => {
    const result = await hunted()
    const label = result.labels.find(({ expected }) => expected.outcome === 'not evaluable')
    const [bucket = 'none'] = label?.buckets ?? []
    const entry = result.ledger.rules.find(({ id }) => id === an0370.meta.id)
    expect(entry?.notes?.some(note => /S3 data events/.test(note) && note.includes(bucket))).toBe(true)
    for (const { caveats = [] } of own(result))
      expect(caveats.some(caveat => caveat.includes(bucket))).toBe(true)
  })

  test('much that leaves a machine, while nobody records reads, is told as what it is', async () => {
    const result = await hunted()
    const label = result.labels.find(({ expected }) => expected.outcome === 'not evaluable')
    const about = own(result).filter(({ answers = [] }) =>
      answers.some(
        ({ question, value }) =>
          question === 'what destination' &&
          label !== undefined &&
          value.startsWith(`${label.destination}, `),
      ),
    )
    expect(about.length).toBeGreaterThan(0)
    // Where the machine had read another bucket just before, that is what it may have sent; and another may send there too.
    for (const { title, level } of about)
      expect([title, level]).toEqual(
        title.startsWith('Much data')
          ? [expect.stringContaining('while reads of sensitive buckets are not recorded'), 'low']
          : [expect.stringContaining('read by an own machine, which then sent data to an external'), level],
      )
  })

  test('every finding answers the six questions, each with a value or a reason', async () => {
    const findings = own(await hunted())
    expect(findings.length).toBeGreaterThan(10)
    for (const { answers = [], risk } of findings) {
      expect(answers.map(({ question }) => question)).toEqual([
        'who',
        'from where',
        'with which credentials or role',
        'which bucket and paths',
        'what destination',
        'does it match an approved workflow',
      ])
      for (const { value } of answers) expect(value).toMatch(/\S/)
      for (const { value } of answers) expect(value).not.toMatch(/undefined|NaN/)
      expect(risk?.score).toBe(Math.round(((risk?.impact ?? 0) * (risk?.confidence ?? 0)) / 100))
    }
  })
})

test('a sync is told with the objects and bytes that it moved', async () => {
  const { findings, labels } = await huntSimulated([an0370], join(folder, 'sync'), {
    seed: 'sync',
    ids: ['T1'],
    days: 1,
    eventsPerDay: 300,
    rules: [],
  })
  const label = labels.find(({ kind }) => kind === 'attack')
  const [finding] = findings.filter(one => label !== undefined && touches(one, isOf(label)))
  const what = finding?.answers?.find(({ question }) => question === 'which bucket and paths')
  expect(what?.value).toContain(`: ${thousands(label?.objects ?? 0)} distinct objects under 3 prefixes, `)
  expect(finding?.level).toBe('high')
})
