import { describe, expect, test } from 'vitest'
import { LEVELS } from '../../../src/core/level.ts'
import type { Finding } from '../../../src/findings/finding.ts'
import type { Label } from '../../../src/simulate/labels.ts'
import { labelsOf, simulated } from '../../simulate/simulated.ts'
import { contextOf, feed, recordsOf } from './feed.ts'

const CHAINS = Array.from({ length: 16 }, (_, number) => `C${number + 1}`)
/** `RUNS=50` plays more simulations, `SEED=other` others. */
const SEEDS = Array.from(
  { length: Number(process.env['RUNS'] ?? 2) },
  (_, number) => `${process.env['SEED'] ?? 'an1318'}-${number + 1}`,
)

describe.each(SEEDS)('the scenarios of seed %s', seed => {
  const files = simulated(seed, CHAINS, { days: 4 })
  const records = files.flatMap(recordsOf)
  const context = contextOf(files, Date.UTC(2026, 2, 10))
  const { findings, notes } = feed(records, { context })
  const labels = labelsOf(files).scenarios

  test.each(labels.map(label => [`${label.scenario} ${label.act} (${label.kind})`, label] as const))(
    '%s',
    (_, label) => {
      const found = findingsAbout(label, findings)
      expect(outcomeOf(found, label)).toBe('as expected')
    },
  )

  test('nothing else is told of', () => {
    const about = new Set(labels.flatMap(label => findingsAbout(label, findings)))
    const others = findings.filter(one => !about.has(one))
    expect(others.map(({ because }) => because)).toEqual([])
    expect(notes).toEqual([])
  })
})

function idsOf(label: Label): readonly string[] {
  return [...label.event_ids, ...(label.other_ids ?? [])]
}

function findingsAbout(label: Label, findings: readonly Finding[]): readonly Finding[] {
  const ids = idsOf(label)
  return findings.filter(({ evidence }) =>
    evidence.some(({ event_id }) => ids.some(id => event_id.includes(id))),
  )
}

function outcomeOf(found: readonly Finding[], { expected }: Label): string {
  const most = Math.max(-1, ...found.map(({ level }) => LEVELS.indexOf(level)))
  const { at_least: least, at_most: limit } = expected
  const titles = found.map(({ title, level }) => `${level}: ${title}`).join('; ')
  if (least !== undefined && most < LEVELS.indexOf(least)) return `too low: ${titles}`
  if (limit !== undefined && most > LEVELS.indexOf(limit)) return `too high: ${titles}`
  const wanted: Record<string, RegExp> = {
    found: /egress at once/,
    incomplete: /incomplete chain, (egress not observed|egress only after)/,
    'not observable': /egress not observable/,
    'image only': /without a console/,
  }
  const pattern = wanted[expected.outcome]
  if (pattern !== undefined && !found.some(({ title }) => pattern.test(title))) return `wrong: ${titles}`
  return 'as expected'
}
