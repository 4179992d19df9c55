import { nearest } from '../core/nearest.ts'
import { printDiagnostic } from '../core/print-diagnostic.ts'
import { counted } from '../core/quantity.ts'
import { terminalSafe } from '../core/terminal.ts'
import { type CheckSettings, checkSearch, type SearchVerdict } from '../detect/searches/check-search.ts'
import { linkSigma } from '../lang/sigma/link.ts'
import { parseSigma } from '../lang/sigma/parse.ts'
import type { CheckedRule } from '../output/sarif.ts'
import type { SearchText } from '../rules/search-texts.ts'

const SEARCHES = ['spl', 'sumo'] as const

/** A search, what a check says of it, and its text. */
export type CheckedSearch = CheckedRule & { readonly text: string }

/** Checks searches of any language, one after the other. */
export async function checkedSearches(
  searches: readonly SearchText[],
  around: CheckSettings,
): Promise<readonly CheckedSearch[]> {
  const checked: CheckedSearch[] = []
  for (const search of searches) {
    const { id, title, file, text, language = '' } = search
    checked.push({ id, title, file, language, text, ...(await verdictOn(search, around)) })
  }
  return checked
}

async function verdictOn(
  { language, text, file }: SearchText,
  around: CheckSettings,
): Promise<SearchVerdict> {
  const name = SEARCHES.find(one => one === language)
  if (name !== undefined) return checkSearch(name, text, around)
  if (language === 'sigma') return checkSigma(text, file)
  const known = checkableLanguages
  const near = nearest(language ?? '', known)
  const message = language === undefined ? 'nothing says its language' : `there is no language "${language}"`
  const help =
    near === undefined ? `name one of ${known.join(', ')}, or give --language` : `did you mean "${near}"?`
  return {
    parses: false,
    compiles: false,
    problems: [{ code: 'rules/unknown-language', severity: 'error', message, help }],
  }
}

function checkSigma(text: string, file: string): SearchVerdict {
  const linked = linkSigma(parseSigma(text, { file }))
  const problems = linked.flatMap(document => document.problems)
  return {
    parses: !problems.some(({ code }) => code.startsWith('sigma/yaml')),
    compiles: linked.every(({ kind }) => kind === 'rule'),
    problems,
  }
}

/** A line for each search, with everything that is wrong with it below, and a summary. */
export function printCheckedSearches(checked: readonly CheckedSearch[], write: (text: string) => void): void {
  for (const search of checked) {
    write(`${stateOf(search)}  ${terminalSafe(search.title)}  ${terminalSafe(search.file)}\n`)
    for (const problem of search.problems) {
      write(`${printDiagnostic(problem, search.file, search.text).replace(/^/gm, '    ')}\n`)
    }
  }
  for (const line of summaryLines(checked)) write(`${line}\n`)
}

function stateOf({ parses, compiles }: CheckedSearch): string {
  if (compiles) return 'compiles       '
  return parses ? 'does not run   ' : 'does not parse '
}

/** Kinds of problems in the summary. */
const MOST_KINDS = 40

/** How many parse and compile, and for how many searches each thing stands in the way. */
export function summaryLines(checked: readonly CheckedSearch[]): readonly string[] {
  if (checked.length === 0) return []
  const parse = checked.filter(({ parses }) => parses).length
  const compile = checked.filter(({ compiles }) => compiles).length
  const kinds = new Map<string, number>()
  for (const { problems } of checked) {
    const own = new Set(
      problems
        .filter(({ severity }) => severity === 'error')
        .map(({ code, message }) => `${message} [${code}]`),
    )
    for (const kind of own) kinds.set(kind, (kinds.get(kind) ?? 0) + 1)
  }
  const sorted = [...kinds].sort(([a, first], [b, second]) => second - first || (a < b ? -1 : 1))
  const lines = sorted
    .slice(0, MOST_KINDS)
    .map(([kind, count]) => `${String(count).padStart(7)}  ${terminalSafe(kind)}`)
  const rest = sorted.length - lines.length
  const total = checked.length
  return [
    `${counted(total, 'search', 'searches')}: ${share(parse, total)} parse, ${share(compile, total)} compile`,
    ...lines,
    ...(rest > 0 ? [`         and ${counted(rest, 'more kind')} of problem`] : []),
  ]
}

function share(count: number, total: number): string {
  return `${count} (${((100 * count) / total).toFixed(1)} %)`
}

/** The languages that searches may be written in, for `--language`. */
export const checkableLanguages: readonly string[] = [...SEARCHES, 'sigma']
