import { readFileSync } from 'node:fs'
import { Command, Option } from 'commander'
import type { Hit } from '../../core/hit.ts'
import { LEVELS, type Level } from '../../core/level.ts'
import { safeJson, terminalSafe } from '../../core/terminal.ts'
import { type HuntResult, hunt } from '../../detect/hunt.ts'
import type { Knowledge } from '../../detect/knowledge.ts'
import type { SearchHunt } from '../../detect/searches/plan.ts'
import { prepareSearches } from '../../detect/searches/prepare.ts'
import { reason } from '../../engines/files/member.ts'
import { type Baseline, baselineOf, changedSince } from '../../findings/changed.ts'
import type { FindingList } from '../../findings/finding-list.ts'
import { readFindings } from '../../findings/read-findings.ts'
import { type FormatName, formats } from '../../output/formats.ts'
import { ledgerText } from '../../output/ledger-text.ts'
import type { LoadedRules } from '../../rules/load.ts'
import type { Selection } from '../../rules/select.ts'
import { EXIT, usageError } from '../exit.ts'
import { formatFor } from '../format-name.ts'
import { interruptible } from '../interrupt.ts'
import { type GeoOptions, knowledgeOf, withGeo } from '../knowledge-options.ts'
import {
  colourOf,
  type InputOptions,
  type LookOptions,
  level,
  tableOr,
  timeRange,
  withInput,
  withLook,
} from '../options.ts'
import { type Output, withFile, withOutput } from '../output.ts'
import { ProgressBar } from '../progress.ts'
import { printCosts } from '../rule-costs.ts'
import {
  analyticsOf,
  type SelectionOptions,
  selectionOf,
  usableRules,
  warnOfNone,
  withSelection,
} from '../rule-options.ts'
import { logsToScan, type ToScan, tellLoss } from '../scanning.ts'
import { MEMORY, surroundings, type TableOptions, withTables } from '../search-options.ts'
import { lookOf } from '../terminal.ts'

interface HuntFlags extends InputOptions, LookOptions, SelectionOptions, GeoOptions, TableOptions {
  readonly outputType?: FormatName
  readonly hits?: string
  readonly objects?: string
  readonly ledger?: string
  readonly baseline?: string
  readonly failOn?: Level
  readonly keepDuplicates?: boolean
  readonly strict?: boolean
  readonly profileRules?: boolean
  readonly summary: boolean
}

/** `nephoscope hunt`: logs in, findings out. */
export function huntCommand(): Command {
  const command = new Command('hunt')
    .summary('find suspicious activity in logs')
    .description(
      'Runs rules over logs and prints what they found, with evidence. Reads AWS CloudTrail in any of its shapes, and other logs (docs/sources.md).',
    )
  withSelection(withInput(command).option('--keep-duplicates', 'count every copy of an event'))
  withGeo(command)
  withTables(command)
  return withLook(command, { names: Object.keys(formats), unasked: tableOr('jsonl') })
    .option('--hits <file>', 'write every single match there, as JSON lines')
    .option('--objects <file>', 'write every object that moved, with its finding, as JSON lines')
    .option('--ledger <file>', 'write there what became of every file and rule, as JSON')
    .option('--baseline <file>', 'print only findings that are new or changed since this earlier -t jsonl')
    .option('-N, --no-summary', 'no summary of files, records and rules on standard error')
    .option('--profile-rules', 'tell on standard error which rule costs what')
    .optionsGroup('Exit code:')
    .addOption(
      new Option('--fail-on <level>', 'exit with 1 if there is a finding of this level or above').argParser(
        level,
      ),
    )
    .option('--strict', 'a refused rule, or a refused row of context, counts as a loss (exit 3)')
    .addHelpText('after', EXIT_HELP)
    .action(run)
}

const EXIT_HELP = `
Exit codes:
  0    done
  1    there is a finding at or above --fail-on
  2    wrong usage: none of the inputs exists, or no rule could be loaded
  3    something was lost: a file, a record or, under --strict, a rule or a row of context
  130  interrupted; what was found so far is printed

Examples:
  nephoscope hunt ./logs
  nephoscope hunt ./logs -r ./sigma/rules/cloud/aws -r builtin -m medium -o report.html
  nephoscope hunt 's3-copy/**/*.json.gz' --from 2024-05-01 --to 2024-05-08 -t jsonl | jq .title
  zcat trail.json.gz | nephoscope hunt - --fail-on high`

async function run(positional: readonly string[], flags: HuntFlags): Promise<void> {
  const logs = logsToScan(positional, flags, 'nephoscope hunt ./logs')
  const selection = logs === undefined ? undefined : selectionOf(flags)
  const knowledge = selection === undefined ? undefined : knowledgeOf(flags)
  const usable =
    knowledge === undefined ? undefined : usableRules(flags, knowledge.context ?? 'none', logs?.maps)
  if (logs === undefined || selection === undefined || knowledge === undefined || usable === undefined) return
  if (flags.quiet !== true) warnOfNone(usable, selection)
  const before = flags.baseline === undefined ? undefined : readBaseline(flags.baseline)
  if (flags.baseline !== undefined && before === undefined) return
  const around = surroundings({ ...flags, strict: false }, knowledge)
  if (around === undefined) return
  const { prepared, rules } = await prepareSearches(usable, around)
  const searches = { ...around, prepared, memory: MEMORY }
  await interruptible(stop =>
    withOutput(flags.output, output =>
      withFile(flags.hits, hits =>
        withFile(flags.objects, objects =>
          withFile(flags.ledger, ledger =>
            huntAndPrint({
              logs,
              flags,
              selection,
              knowledge,
              rules,
              searches,
              before,
              stop,
              output,
              hits,
              objects,
              ledger,
            }),
          ),
        ),
      ),
    ),
  )
}

interface Prepared {
  readonly logs: ToScan
  readonly flags: HuntFlags
  readonly selection: Selection
  readonly knowledge: Knowledge
  readonly rules: LoadedRules
  readonly searches: SearchHunt
  readonly before: Baseline | undefined
  readonly stop: Int32Array
  readonly output: Output
  readonly hits: Output | undefined
  readonly objects: Output | undefined
  readonly ledger: Output | undefined
}

async function huntAndPrint(prepared: Prepared): Promise<void> {
  const {
    logs: { inputs, maps },
    flags,
    selection,
    knowledge,
    rules,
    searches,
    before,
    stop,
    output,
    hits,
    objects,
    ledger,
  } = prepared
  const look = lookOf(process.stderr, colourOf(flags))
  const bar =
    process.stderr.isTTY === true && flags.quiet !== true ? new ProgressBar(process.stderr) : undefined
  const result = await hunt({
    inputs,
    maps,
    rules,
    analytics: await analyticsOf(flags),
    searches,
    selection,
    knowledge,
    ...timeRange(flags),
    maxUnpacked: flags.maxUnpacked,
    threads: flags.threads,
    keepDuplicates: flags.keepDuplicates === true,
    strict: flags.strict === true,
    profile: flags.profileRules === true,
    stop,
    watch: {
      begin: (files, count) => bar?.begin(files, count),
      progress: (bytes, events) => bar?.progress(bytes, events),
      fileDone: file => bar?.fileDone(file),
      ...(hits === undefined ? {} : { hit: (rule, hit) => hits.write(hitLine(rule, hit)) }),
    },
  }).finally(() => bar?.clear())
  const findings = before === undefined ? result.findings : changedSince(before, result.findings)
  const format = formats[formatFor(formats, flags, 'jsonl')]
  format(
    { findings, ledger: result.ledger, title: 'nephoscope hunt', inputs },
    text => output.write(text),
    lookOf(process.stdout, flags.output === undefined ? colourOf(flags) : 'never'),
  )
  if (objects !== undefined) for (const one of result.objects()) objects.write(`${safeJson(one)}\n`)
  ledger?.write(`${safeJson(result.ledger, 2)}\n`)
  if (flags.quiet !== true && flags.summary)
    process.stderr.write(ledgerText(result.ledger, { colour: look.colour }))
  else tellLoss(result.ledger.totals)
  if (flags.profileRules === true) printCosts(result.costs, rules.rules)
  process.exitCode = exitCode(result, findings, flags)
  findings.close()
}

/** One line of `--hits`. */
function hitLine(rule_id: string, { evidence }: Hit): string {
  const { event_id, event_time, file, record } = evidence
  return `${safeJson({ rule_id, event_id, event_time, file, record })}\n`
}

function readBaseline(file: string): Baseline | undefined {
  try {
    const read = readFindings(readFileSync(file, 'utf8'))
    for (const problem of read.problems)
      process.stderr.write(`${problem.severity}: ${terminalSafe(file)}: ${problem.message}\n`)
    if (read.ok) return baselineOf(read.value)
    process.exitCode = EXIT.usage
  } catch (error) {
    if (!(error instanceof Error)) throw error
    usageError(terminalSafe(`${file}: ${reason(error)}`))
  }
  return undefined
}

function exitCode({ ledger, interrupted }: HuntResult, findings: FindingList, flags: HuntFlags): number {
  if (interrupted) return EXIT.interrupted
  const rows = ledger.context?.problems.some(problem => problem.startsWith('error')) === true
  if (ledger.totals.lost || (flags.strict === true && rows)) return EXIT.lost
  const { failOn } = flags
  const bad =
    failOn !== undefined &&
    findings.heads.some(({ level }) => LEVELS.indexOf(level) >= LEVELS.indexOf(failOn))
  return bad ? EXIT.findings : EXIT.done
}
