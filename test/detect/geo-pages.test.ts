import { openGeo } from '../../src/context/geo.ts'
import { mmdb } from '../context/mmdb.ts'
import { testPages } from '../page-tests.ts'
import { type CasePage, readCase, writeCase } from '../plain/case-page.ts'
import { temporaryFolder, written } from '../temporary-folder.ts'
import { huntAll, rulesOf, scanOf } from './scans.ts'

testPages('test/cases/geo', async text => {
  const page = readCase(text)
  return writeCase(page, await outcome(page))
})

/** What a hunt makes of a page, whose databases are there only if it has some. */
async function outcome(page: CasePage): Promise<Readonly<Record<string, string>>> {
  const logs = written(temporaryFolder(), 'trail.jsonl', page.events.join('\n'))
  const rows: string[] = []
  const { findings, ledger } = await huntAll({
    ...scanOf([logs]),
    rules: rulesOf([page.rule]),
    selection: { include: [], exclude: [] },
    keepDuplicates: false,
    strict: false,
    profile: false,
    knowledge: Object.keys(page.databases).length === 0 ? {} : { geo: openGeo(databasesOf(page)) },
    watch: {
      begin: () => {},
      progress: () => {},
      fileDone: () => {},
      hit: (rule, { evidence }) => rows.push(`${rule} ${evidence.record}`),
    },
  })
  return {
    rows: rows.sort().join('\n'),
    rules: ledger.rules.map(({ id, end }) => `${id}: ${end}`).join('\n'),
    findings: findings
      .map(({ rule_id, entity, count }) => `${rule_id}: ${entity.kind} ${entity.value}, ${count}`)
      .join('\n'),
  }
}

function databasesOf({ databases }: CasePage): string {
  const folder = temporaryFolder()
  written(folder, 'country.mmdb', mmdb('GeoLite2-Country', databases))
  written(folder, 'asn.mmdb', mmdb('GeoLite2-ASN', databases))
  return folder
}
