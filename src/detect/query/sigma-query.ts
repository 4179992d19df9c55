import { type Diagnostic, type Outcome, ok, refused } from '../../core/diagnostic.ts'
import { parseSigma } from '../../lang/sigma/parse.ts'
import type { LanguageSearch, SearchSettings } from './language-search.ts'

/** The events that a Sigma rule matches; refuses whatever is no rule on single events. */
export function sigmaQuery(text: string, { tables = [] }: SearchSettings): Outcome<LanguageSearch> {
  const documents = parseSigma(text, { file: 'rule', tables })
  const [document, second] = documents
  const problems = documents.flatMap(one => one.problems)
  if (document === undefined || second !== undefined)
    return refused([...problems, refusal('several', `it holds ${documents.length} rules; a query is one`)])
  if (document.kind === 'refused') return refused(problems)
  if (document.kind !== 'detection') {
    const what = document.kind === 'filter' ? 'a filter, which changes other rules' : 'a correlation'
    return refused([...problems, refusal(document.kind, `it is ${what}; rules that remember run in hunt`)])
  }
  const { where, logsource } = document.rule
  const search: LanguageSearch = {
    wish: { names: new Set(), all: true },
    prefilter: where,
    logsource,
    // biome-ignore lint/correctness/useYield: it asks nothing of the data
    *lower({ events }) {
      return events
    },
  }
  return ok(search, problems)
}

function refusal(kind: string, message: string): Diagnostic {
  const help = 'name a file with one detection: nephoscope hunt runs all kinds of rules'
  return { code: `query/sigma-${kind}`, severity: 'error', message, help }
}
