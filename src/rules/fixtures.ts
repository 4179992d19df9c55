import { existsSync, readFileSync } from 'node:fs'
import { isObject, type Json, type JsonObject } from '../core/json.ts'
import type { DetectionRule } from '../plan/rule.ts'
import { compile } from '../scan/compile.ts'
import type { RuleText } from './find.ts'
import { readPage } from './page.ts'
import { pageEvent } from './page-event.ts'

/** One event of a rule's page, and whether the rule did with it what the page says. */
export interface FixtureResult {
  /** `Matches 1`, `Does not match 2`: as the page counts them. */
  readonly name: string
  readonly wanted: boolean
  /** Absent if the event could not be read. */
  readonly got?: boolean
  readonly problem?: string
}

/** The fixtures of a rule: `undefined` if there is no page beside it. */
export function runFixtures(rule: DetectionRule, source: RuleText): readonly FixtureResult[] | undefined {
  const path = source.path.replace(/\.ya?ml$/i, '.md')
  if (path === source.path || !existsSync(path)) return undefined
  const page = readPage(readFileSync(path, 'utf8'))
  const test = compile(rule.where)
  const run = (texts: readonly string[], wanted: boolean, heading: string): readonly FixtureResult[] =>
    texts.map((text, at) => ({ name: `${heading} ${at + 1}`, wanted, ...verdict(text, test) }))
  return [...run(page.matches, true, 'Matches'), ...run(page.misses, false, 'Does not match')]
}

function verdict(text: string, test: (event: JsonObject) => boolean): Pick<FixtureResult, 'got' | 'problem'> {
  try {
    const event = JSON.parse(text) as Json
    return isObject(event) ? { got: test(pageEvent(event)) } : { problem: 'it is not a JSON object' }
  } catch (error) {
    if (error instanceof SyntaxError) return { problem: error.message }
    throw error
  }
}
