import { loadContext } from '../../src/context/load.ts'
import { contextTables } from '../../src/context/view.ts'
import { approvalTexts } from '../../src/output/approval-texts.ts'
import { testPages } from '../page-tests.ts'
import { type CasePage, readCase, writeCase } from '../plain/case-page.ts'
import { temporaryFolder, written } from '../temporary-folder.ts'
import { isSearch, rulesIn } from './rules-in.ts'
import { huntAll, scanOf } from './scans.ts'

testPages('test/cases/suppressed', async text => {
  const page = readCase(text)
  return writeCase(page, await outcome(page))
})

/** What a hunt makes of a page, and what its ledger says of approvals. */
async function outcome(page: CasePage): Promise<Readonly<Record<string, string | undefined>>> {
  const files = Object.entries(page.tables).map(([file, text]) => ({ file, text }))
  const context = loadContext(files, { asOf: Date.UTC(2025, 5, 1) })
  const rows: string[] = []
  const { findings, ledger } = await huntAll({
    ...scanOf([written(temporaryFolder(), 'trail.jsonl', page.events.join('\n'))]),
    ...(await rulesIn(page.rule, contextTables(context.context))),
    selection: { include: [], exclude: [] },
    keepDuplicates: false,
    strict: false,
    profile: false,
    knowledge: { context },
    watch: {
      begin: () => {},
      progress: () => {},
      fileDone: () => {},
      hit: (id, { evidence }) => rows.push(`${id} ${evidence.record}`),
    },
  })
  return {
    rows: isSearch(page.rule) ? undefined : rows.sort().join('\n'),
    rules: ledger.rules
      .flatMap(({ id, hits, suppressed = 0, notes = [] }) => [
        `${id}: ${hits} hits, ${suppressed} suppressed`,
        ...notes.map(note => `${id}: ${note}`),
      ])
      .join('\n'),
    suppressed: (ledger.context?.suppressed ?? []).map(one => JSON.stringify(one)).join('\n'),
    findings: findings
      .map(finding => [`${finding.rule_id}: ${finding.entity.value}`, ...approvalTexts(finding)].join('; '))
      .join('\n'),
  }
}
