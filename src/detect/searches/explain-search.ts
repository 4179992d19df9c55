import type { Diagnostic } from '../../core/diagnostic.ts'
import type { Search } from '../../plan/lowering.ts'
import { finished, type Pipeline } from '../../plan/pipeline.ts'
import { print } from '../../plan/print.ts'
import { printRelation } from '../../plan/print-relation.ts'
import { duckdb } from '../../sql/duckdb.ts'
import { printRelation as printSql, type TablePrinter } from '../../sql/print-relation.ts'
import { join, name, sql } from '../../sql/sql.ts'
import type { SearchSettings } from '../query/language-search.ts'
import { languages } from '../query/languages.ts'
import { type CheckSettings, planOf } from './check-search.ts'

/** Languages whose searches have a plan. */
export const explainable = ['spl', 'sumo', 'sigma'] as const
export type Explainable = (typeof explainable)[number]

export interface Explanation {
  readonly sections: readonly { readonly title: string; readonly text: string }[]
  readonly problems: readonly Diagnostic[]
}

/** How a search was read, what the scan looks for, the plan and the SQL, as far as it got. */
export async function explainSearch(
  language: Explainable,
  text: string,
  around: CheckSettings & { readonly events?: Pipeline },
): Promise<Explanation> {
  const { settings } = around
  const reader = await languages[language].reader()
  const read = reader(text, settings)
  const syntax = { title: '1. as read', text: await syntaxOf(language, text, settings) }
  if (!read.ok) return { sections: [syntax], problems: read.problems }
  const { plan, problems } = planOf(read.value, around)
  const sections = [
    syntax,
    { title: '2. what the scan looks for', text: scanText(read.value) },
    ...(plan === undefined
      ? []
      : [
          { title: '3. plan', text: printRelation(finished(plan)) },
          { title: '4. SQL', text: printSql(finished(plan), duckdb, plainTable) },
        ]),
  ]
  return { sections, problems: [...read.problems, ...problems] }
}

async function syntaxOf(language: Explainable, text: string, { macros }: SearchSettings): Promise<string> {
  switch (language) {
    case 'spl': {
      const { parseSpl } = await import('../../lang/spl/parse.ts')
      const { printSpl } = await import('../../lang/spl/print.ts')
      return printSpl(parseSpl(text, macros).search)
    }
    case 'sumo': {
      const { parseSumo } = await import('../../lang/sumo/parse.ts')
      const { printSumo } = await import('../../lang/sumo/print.ts')
      return printSumo(parseSumo(text).query)
    }
    default:
      return text.trim()
  }
}

function scanText({ prefilter, wish }: Search): string {
  const fields = wish.all ? 'all fields' : `the fields ${[...wish.names].sort().join(', ')}`
  return `${fields}\n${prefilter === undefined ? 'all events' : print(prefilter)}`
}

/** Columns under their own names. */
const plainTable: TablePrinter = (table, columns, names) => {
  const list = columns.map(column => sql`${name(column.name)} AS ${names.of(column.name)}`)
  return sql`SELECT ${list.length === 0 ? sql`1` : join(list, ', ')} FROM ${name(table)}`
}
