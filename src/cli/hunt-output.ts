import { LEVELS, type Level } from '../core/level.ts'
import { safeJson } from '../core/terminal.ts'
import type { HuntResult } from '../detect/hunt.ts'
import { type Baseline, changedSince } from '../findings/changed.ts'
import type { FindingList } from '../findings/finding-list.ts'
import { type FormatName, formats } from '../output/formats.ts'
import { ledgerText } from '../output/ledger-text.ts'
import type { LoadedRules } from '../rules/load.ts'
import { EXIT } from './exit.ts'
import { formatFor } from './format-name.ts'
import { colourOf, type LookOptions } from './options.ts'
import { type Output, withFile, withOutput } from './output.ts'
import { printCosts } from './rule-costs.ts'
import { type ToScan, tellLoss } from './scanning.ts'
import { lookOf } from './terminal.ts'

/** Where the results of a hunt go, how they look, and what they mean for the exit code. */
export interface HuntOutputFlags extends LookOptions {
  readonly outputType?: FormatName
  readonly hits?: string
  readonly objects?: string
  readonly ledger?: string
  readonly failOn?: Level
  readonly strict?: boolean
  readonly profileRules?: boolean
  readonly summary: boolean
}

/** Standard output or a file for the findings, and the files that are wanted beside them. */
export interface HuntOutputs {
  readonly findings: Output
  readonly hits: Output | undefined
  readonly objects: Output | undefined
  readonly ledger: Output | undefined
}

/** Opens what the options name; files appear whole when `use` is done. */
export async function withHuntOutputs(
  flags: HuntOutputFlags,
  use: (outputs: HuntOutputs) => Promise<void>,
): Promise<void> {
  await withOutput(flags.output, findings =>
    withFile(flags.hits, hits =>
      withFile(flags.objects, objects =>
        withFile(flags.ledger, ledger => use({ findings, hits, objects, ledger })),
      ),
    ),
  )
}

interface Around {
  readonly flags: HuntOutputFlags
  readonly logs: ToScan
  readonly rules: LoadedRules
  /** Findings that are known: only what is new or changed is shown. */
  readonly before: Baseline | undefined
}

/** Shows what a hunt found and read, and sets the exit code. */
export function printHunt(
  result: HuntResult,
  outputs: HuntOutputs,
  { flags, logs: { inputs }, rules, before }: Around,
): void {
  const { ledger } = result
  const findings = before === undefined ? result.findings : changedSince(before, result.findings)
  const format = formats[formatFor(formats, flags, 'jsonl')]
  format(
    { findings, ledger, title: 'nephoscope hunt', inputs },
    text => outputs.findings.write(text),
    lookOf(process.stdout, flags.output === undefined ? colourOf(flags) : 'never'),
  )
  const { objects } = outputs
  if (objects !== undefined) for (const one of result.objects()) objects.write(`${safeJson(one)}\n`)
  outputs.ledger?.write(`${safeJson(ledger, 2)}\n`)
  if (flags.quiet !== true && flags.summary)
    process.stderr.write(ledgerText(ledger, { colour: lookOf(process.stderr, colourOf(flags)).colour }))
  else tellLoss(ledger.totals)
  if (flags.profileRules === true) printCosts(result.costs, rules.rules)
  process.exitCode = exitCode(result, findings, flags)
  findings.close()
}

function exitCode(
  { ledger, interrupted }: HuntResult,
  findings: FindingList,
  flags: HuntOutputFlags,
): number {
  if (interrupted) return EXIT.interrupted
  const rows = ledger.context?.problems.some(problem => problem.startsWith('error')) === true
  if (ledger.totals.lost || (flags.strict === true && rows)) return EXIT.lost
  const { failOn } = flags
  const bad =
    failOn !== undefined &&
    findings.heads.some(({ level }) => LEVELS.indexOf(level) >= LEVELS.indexOf(failOn))
  return bad ? EXIT.findings : EXIT.done
}
