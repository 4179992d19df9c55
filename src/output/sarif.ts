import type { Diagnostic } from '../core/diagnostic.ts'
import { safeJson } from '../core/terminal.ts'

/** A rule and what a check says of it. */
export interface CheckedRule {
  readonly id: string
  readonly title: string
  readonly file: string
  readonly language: string
  readonly parses: boolean
  readonly compiles: boolean
  readonly problems: readonly Diagnostic[]
}

/** Problems of rules as SARIF 2.1.0, as code hosts show them beside the lines. */
export function writeSarif(rules: readonly CheckedRule[], write: (text: string) => void): void {
  const codes = [...new Set(rules.flatMap(rule => rule.problems.map(problem => problem.code)))].sort()
  const driver = { name: 'nephoscope', rules: codes.map(id => ({ id })) }
  const results = rules.flatMap(rule => rule.problems.map(problem => result(rule, problem)))
  const log = {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [{ tool: { driver }, columnKind: 'utf16CodeUnits', results }],
  }
  write(`${safeJson(log, 2)}\n`)
}

function result({ file, title }: CheckedRule, { code, severity, message, help, at }: Diagnostic): object {
  const region =
    at === undefined
      ? {}
      : {
          region: {
            startLine: at.line,
            startColumn: at.column,
            endColumn: at.column + Math.max(1, at.end - at.start),
          },
        }
  return {
    ruleId: code,
    level: severity,
    message: { text: help === undefined ? `${title}: ${message}` : `${title}: ${message}; ${help}` },
    locations: [{ physicalLocation: { artifactLocation: { uri: uriOf(file) }, ...region } }],
  }
}

/** Of a path from the working directory a relative reference, of a full one its URL. */
function uriOf(file: string): string {
  const path = file.replaceAll('\\', '/')
  const [drive = ''] = /^[A-Za-z]:(?=\/)/.exec(path) ?? []
  const rest = path.slice(drive.length).split('/').map(encodeURIComponent).join('/')
  if (drive !== '') return `file:///${drive}${rest}`
  return path.startsWith('/') ? `file://${rest}` : rest
}
