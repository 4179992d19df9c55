import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { inTemporaryFolder } from '../../engines/temporary-folder.ts'
import type { RuleText } from '../../rules/find.ts'
import type { FixtureResult } from '../../rules/fixtures.ts'
import { readPage } from '../../rules/page.ts'
import { hunt } from '../hunt.ts'
import { expanded } from './fixture-events.ts'
import type { SearchHunt } from './plan.ts'
import type { PreparedSearch, SearchAround } from './prepare.ts'

/** MB */
const MEMORY = 512
const MOST_UNPACKED = 64 * 1024 * 1024

/**
 * The fixtures of a rule that holds a search: `undefined` if there is no page beside it. Each block of its page is a
 * log of its own, of which the rule must, or must not, make a finding.
 */
export async function runSearchFixtures(
  prepared: PreparedSearch,
  source: RuleText,
  around: SearchAround,
): Promise<readonly FixtureResult[] | undefined> {
  const path = source.path.replace(/\.ya?ml$/i, '.md')
  if (path === source.path || !existsSync(path)) return undefined
  const page = readPage(readFileSync(path, 'utf8'))
  const results: FixtureResult[] = []
  for (const [heading, texts, wanted] of [
    ['Matches', [...page.matches, ...page.matchesTogether], true],
    ['Does not match', [...page.misses, ...page.missesTogether], false],
  ] as const) {
    for (const [at, text] of texts.entries()) {
      const name = `${heading} ${at + 1}`
      results.push({
        name,
        wanted,
        ...(await verdict(text, { ...around, prepared: [prepared], memory: MEMORY })),
      })
    }
  }
  return results
}

async function verdict(text: string, searches: SearchHunt): Promise<Pick<FixtureResult, 'got' | 'problem'>> {
  try {
    return await inTemporaryFolder(folder => found(text, join(folder, 'events.jsonl'), searches))
  } catch (error) {
    if (error instanceof SyntaxError) return { problem: error.message }
    throw error
  }
}

async function found(
  text: string,
  file: string,
  searches: SearchHunt,
): Promise<Pick<FixtureResult, 'got' | 'problem'>> {
  writeFileSync(file, expanded(text))
  const { findings, ledger } = await hunt({
    inputs: [file],
    rules: { rules: [], refused: [], problems: [] },
    searches,
    selection: { include: [], exclude: [] },
    keepDuplicates: false,
    strict: false,
    profile: false,
    maxUnpacked: MOST_UNPACKED,
    threads: 1,
    stop: new Int32Array(new SharedArrayBuffer(4)),
    watch: { begin: () => {}, progress: () => {}, fileDone: () => {}, hit: () => {} },
  })
  if (ledger.totals.events === 0) return { problem: 'no event of a known log is in it' }
  const failed = ledger.rules.flatMap(({ end, problems }) => (end === 'refused' ? problems : []))
  return failed.length > 0 ? { problem: failed.join(' ') } : { got: findings.length > 0 }
}
