import { describe, expect, test } from 'vitest'
import { awsLaunch } from '../../../src/analytics/an1318/launch.ts'
import { Sessions } from '../../../src/analytics/an1318/session.ts'
import { loadContext } from '../../../src/context/load.ts'
import { cloudtrail } from '../../../src/sources/cloudtrail/cloudtrail.ts'
import { missing, records } from '../../plain/shared-data.ts'
import { eventsOf, feed, type Logged } from './feed.ts'

const ATTACK = 'invictus-aws_dataset'
const CONSOLE = 'permiso-console-sessions'
const absent = missing(`data/cloudtrail/${ATTACK}`, `data/cloudtrail/${CONSOLE}`)

describe.skipIf(absent !== undefined)(absent ?? 'AN1318 on real logs', () => {
  const read = (folder: string): readonly Logged[] =>
    records(folder).map(record => ({ source: cloudtrail, record }))

  /** Every image that the logs launch, as one of a vendor. */
  function vendors(logs: readonly Logged[]) {
    const images = eventsOf(logs).flatMap(event =>
      event.base === 'an1318-launches' ? (awsLaunch(event)?.image ?? []) : [],
    )
    const row = (id: string): string =>
      `- {id: ${id}, owner_account: '137112412989', name: vendor, source: test}\n`
    const text = [...new Set(images)].map(row).join('')
    return loadContext([{ file: 'images.yaml', text }], { asOf: Date.UTC(2024, 0, 1) }).context
  }

  test('C15: launches by Terraform of an image of a vendor are not told of', () => {
    const logs = read(ATTACK)
    expect(feed(logs, { context: vendors(logs) }).findings).toEqual([])
    // Without an inventory the foreign snapshot is all that is known: the image alone, never above low.
    const blind = feed(logs, { context: loadContext([], { asOf: 0 }).context }).findings
    expect(new Set(blind.map(({ level }) => level))).toEqual(new Set(['low']))
    expect(blind.flatMap(({ because = [] }) => because).join('\n')).toContain('foreign (foreign-snapshot')
  })

  test('C16: sessions in the console make no whole chain, and all launches are known to be of the console', () => {
    const logs = read(CONSOLE)
    const { findings } = feed(logs, { context: loadContext([], { asOf: 0 }).context })
    expect(findings.filter(({ title }) => title.includes('egress at once'))).toEqual([])
    expect(feed(logs, { context: vendors(logs) }).findings).toEqual([])
    const launches = eventsOf(logs).filter(({ base }) => base === 'an1318-launches')
    const kinds = launches.map(event => new Sessions().of(event).kind)
    expect(kinds).toEqual(launches.map(() => 'console'))
    expect(launches.length).toBe(5)
  })
})
