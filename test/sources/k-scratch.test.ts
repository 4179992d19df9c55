import { globSync } from 'tinyglobby'
import { readFileSync, statSync } from 'node:fs'
import { test } from 'vitest'
import { readEvents, type FoundEvent } from '../../src/engines/files/read-events.ts'

test('counts', async () => {
  const out: string[] = []
  for (const path of globSync('../shared/data/{azure,entra,m365,gcp,k8s,s3access,vpcflow,okta,other,auditd,sysmon,cloudtrail}/**/*', {ignore: ['**/sans504*/**', '**/README*']}).sort()) {
    const found: FoundEvent[] = []
    const tally = await readEvents({ path, name: path, bytes: statSync(path).size }, { maxUnpacked: 1 << 30, maxRecord: 1 << 26, chunk: 1 << 22 }, e => found.push(e))
    const counts = new Map<string, number>()
    const ids = new Set<string>()
    let notime = 0, noid = 0, noact = 0, noprin = 0
    for (const e of found) {
      const n = e.source.normalise(e.record)
      counts.set(e.source.id, (counts.get(e.source.id) ?? 0) + 1)
      if (n.id !== undefined) ids.add(n.id); else noid++
      if (n.time === undefined) notime++
      if (n.action === undefined) noact++
      if (n.actor.principal === undefined) noprin++
    }
    out.push(`${path.slice(15)} ${JSON.stringify(Object.fromEntries(counts))} ids=${ids.size} noid=${noid} notime=${notime} noact=${noact} noprin=${noprin} ${JSON.stringify(tally.apart ?? {})} ${JSON.stringify(tally.problems ?? []).slice(0, 200)}`)
  }
  const { writeFileSync } = await import('node:fs')
  writeFileSync('/tmp/k-counts.txt', out.join('\n'))
}, 120000)
