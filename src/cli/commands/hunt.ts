import { readFileSync } from 'node:fs'
import { Command, Option } from 'commander'
import type { Hit } from '../../core/hit.ts'
import { safeJson, terminalSafe } from '../../core/terminal.ts'
import { type HuntResult, hunt } from '../../detect/hunt.ts'
import type { Knowledge } from '../../detect/knowledge.ts'
import type { SearchHunt } from '../../detect/searches/plan.ts'
import { prepareSearches } from '../../detect/searches/prepare.ts'
import { reason } from '../../engines/files/member.ts'
import { type Baseline, baselineOf } from '../../findings/changed.ts'
import { readFindings } from '../../findings/read-findings.ts'
import { formats } from '../../output/formats.ts'
import type { LoadedRules } from '../../rules/load.ts'
import type { Selection } from '../../rules/select.ts'
import { EXIT, usageError } from '../exit.ts'
import { type HuntOutputFlags, type HuntOutputs, printHunt, withHuntOutputs } from '../hunt-output.ts'
import { interruptible } from '../interrupt.ts'
import { type GeoOptions, knowledgeOf, withGeo } from '../knowledge-options.ts'
import { type InputOptions, level, tableOr, timeRange, withInput, withLook } from '../options.ts'
import { ProgressBar } from '../progress.ts'
import {
  analyticsOf,
  type SelectionOptions,
  selectionOf,
  usableRules,
  warnOfNone,
  withSelection,
} from '../rule-options.ts'
import { logsToScan, type ToScan } from '../scanning.ts'
import { MEMORY, surroundings, type TableOptions, withTables } from '../search-options.ts'

interface HuntFlags extends InputOptions, SelectionOptions, GeoOptions, TableOptions, HuntOutputFlags {
  readonly baseline?: string
  readonly keepDuplicates?: boolean
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
  const prepared = await prepare(positional, flags)
  if (prepared === undefined) return
  await interruptible(stop =>
    withHuntOutputs(flags, async outputs => {
      const result = await huntWith(prepared, outputs, stop)
      printHunt(result, outputs, prepared)
    }),
  )
}

/** What the options name, read. */
interface Prepared {
  readonly flags: HuntFlags
  readonly logs: ToScan
  readonly selection: Selection
  readonly knowledge: Knowledge
  readonly rules: LoadedRules
  readonly searches: SearchHunt
  readonly before: Baseline | undefined
}

/** Undefined, with a message, if something cannot be read. */
async function prepare(positional: readonly string[], flags: HuntFlags): Promise<Prepared | undefined> {
  const logs = logsToScan(positional, flags, 'nephoscope hunt ./logs')
  const selection = logs === undefined ? undefined : selectionOf(flags)
  const knowledge = selection === undefined ? undefined : knowledgeOf(flags)
  const usable =
    knowledge === undefined ? undefined : usableRules(flags, knowledge.context ?? 'none', logs?.maps)
  if (logs === undefined || selection === undefined || knowledge === undefined || usable === undefined)
    return undefined
  if (flags.quiet !== true) warnOfNone(usable, selection)
  const before = flags.baseline === undefined ? undefined : readBaseline(flags.baseline)
  if (flags.baseline !== undefined && before === undefined) return undefined
  const around = surroundings({ ...flags, strict: false }, knowledge)
  if (around === undefined) return undefined
  const { prepared, rules } = await prepareSearches(usable, around)
  return {
    flags,
    logs,
    selection,
    knowledge,
    rules,
    searches: { ...around, prepared, memory: MEMORY },
    before,
  }
}

async function huntWith(
  { flags, logs: { inputs, maps }, selection, knowledge, rules, searches }: Prepared,
  { hits }: HuntOutputs,
  stop: Int32Array,
): Promise<HuntResult> {
  const bar =
    process.stderr.isTTY === true && flags.quiet !== true ? new ProgressBar(process.stderr) : undefined
  return hunt({
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
