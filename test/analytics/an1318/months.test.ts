import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { an1318 } from '../../../src/analytics/an1318/an1318.ts'
import { LEVELS, type Level } from '../../../src/core/level.ts'
import type { Finding } from '../../../src/findings/finding.ts'
import type { Label } from '../../../src/simulate/labels.ts'
import { temporaryFolder } from '../../temporary-folder.ts'
import { huntSimulated, type Simulated } from '../simulated-hunt.ts'

/** `DAYS=30` plays a month with all scenarios and all rules, `RUNS=5` five of them, `SEED=other` others; else a day with three. */
const days = Number(process.env['DAYS'] ?? 1)
const ids = days > 1 ? Array.from({ length: 16 }, (_, number) => `C${number + 1}`) : ['C1', 'C5', 'C14']
const seeds = Array.from(
  { length: days > 1 ? Number(process.env['RUNS'] ?? 1) : 1 },
  (_, number) => `${process.env['SEED'] ?? 'months'}-${number + 1}`,
)
const folder = temporaryFolder()
const rank = (level: Level): number => LEVELS.indexOf(level)

/** Is a finding about events of an act? Behind the id of an event in other clouds stand log and time. */
function touches({ evidence }: Finding, label: Label): boolean {
  const own = new Set([...label.event_ids, ...(label.other_ids ?? [])])
  return evidence.some(({ event_id }) => own.has(event_id) || own.has(event_id.split(' ')[0] ?? ''))
}

const TITLES: Readonly<Record<string, RegExp>> = {
  found: /egress at once/,
  incomplete: /incomplete chain, (egress not observed|egress only after)/,
  'not observable': /egress not observable/,
  'image only': /without a console/,
}

describe.each(seeds)('simulated days of seed %s', seed => {
  let played: Promise<Simulated> | undefined
  const hunted = (): Promise<Simulated> => {
    const how = days > 1 ? { eventsPerDay: 200 } : { eventsPerDay: 24, rules: [] }
    played ??= huntSimulated([an1318], join(folder, seed), { seed, ids, days, flows: true, ...how })
    return played
  }

  test('each act is told of as expected, and nothing else', { timeout: 600_000 }, async () => {
    const { findings, labels } = await hunted()
    const own = findings.filter(({ rule_id }) => rule_id === an1318.meta.id)
    for (const label of labels) {
      const about = own.filter(finding => touches(finding, label))
      const said = about.map(({ level, title }) => `${level}: ${title}`)
      const { outcome, at_least: least, at_most: most } = label.expected
      const name = `${label.scenario} ${label.act}: ${said.join('; ')}`
      const worst = Math.max(-1, ...about.map(({ level }) => rank(level)))
      if (least !== undefined) expect(worst, name).toBeGreaterThanOrEqual(rank(least))
      if (most !== undefined) expect(worst, name).toBeLessThanOrEqual(rank(most))
      const title = TITLES[outcome]
      if (title !== undefined)
        expect(
          said.some(one => title.test(one)),
          name,
        ).toBe(true)
    }
    const others = own.filter(finding => !labels.some(label => touches(finding, label)))
    expect(others.map(({ level, title }) => `${level}: ${title}`)).toEqual([])
  })

  test('nothing above low is said of a twin, whatever rule says it', { timeout: 600_000 }, async () => {
    const { findings, labels } = await hunted()
    const attacks = labels.filter(({ kind }) => kind === 'attack')
    for (const label of labels.filter(({ kind }) => kind !== 'attack')) {
      const loud = findings
        .filter(finding => rank(finding.level) > rank('low') && touches(finding, label))
        // What a finding says of an attack in the same session it says of the attack.
        .filter(finding => !attacks.some(attack => touches(finding, attack)))
      expect(
        loud.map(({ title, level }) => `${level} ${title}`),
        `${label.scenario} ${label.act}`,
      ).toEqual([])
    }
  })
})
