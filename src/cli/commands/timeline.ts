import { Command, InvalidArgumentError, Option } from 'commander'
import { type TimelineResult, timeline } from '../../detect/timeline.ts'
import { type TimelineFormatName, timelineFormats } from '../../output/timeline-formats.ts'
import { nothingText } from '../../output/timeline-head.ts'
import type { LoadedRules } from '../../rules/load.ts'
import type { Selection } from '../../rules/select.ts'
import { usageError } from '../exit.ts'
import { formatFor } from '../format-name.ts'
import { interruptible } from '../interrupt.ts'
import { colourOf, type InputOptions, type LookOptions, tableOr, withInput, withLook } from '../options.ts'
import { type Output, withOutput } from '../output.ts'
import { type SelectionOptions, selectionOf, usableRules, withSelection } from '../rule-options.ts'
import { logsToScan, scanExit, scanOptions, type ToScan, tellLedger } from '../scanning.ts'
import { lookOf } from '../terminal.ts'

interface TimelineFlags extends InputOptions, LookOptions, SelectionOptions {
  readonly entity: string
  readonly outputType?: TimelineFormatName
  readonly limit?: number
  readonly correlations?: boolean
}

/** Entries of a table unless `--limit` says otherwise. */
const TABLE_LIMIT = 1000

/** `nephoscope timeline`: what did this key, role, address or bucket do? */
export function timelineCommand(): Command {
  const command = new Command('timeline')
    .summary('show everything that one entity did, in order of time')
    .description(
      'Lists every event that names an access key, role, user, address, account, bucket, instance or anything else, ' +
        'each once, with the rules that it matches; before them what they come to, and what occurs with the entity.',
    )
    .addOption(
      new Option('--entity <value>', 'whose events: a key id, an ARN or name, an address … (whole words)')
        .argParser(entityText)
        .makeOptionMandatory(),
    )
  withSelection(withInput(command)).option(
    '--correlations',
    'mark the events that correlations and chains are made of, too; reads the logs twice',
  )
  return withLook(command, { names: Object.keys(timelineFormats), unasked: tableOr('jsonl') })
    .addOption(
      new Option(
        '--limit <number>',
        `events at most (default: ${TABLE_LIMIT} in a table, else all)`,
      ).argParser(wholeNumber),
    )
    .addHelpText('after', HELP)
    .action(run)
}

const HELP = `
Exit codes: 0 done; 2 wrong usage, or no rule could be loaded; 3 something was lost; 130 interrupted.

Examples:
  nephoscope timeline ./logs --entity AKIAIOSFODNN7EXAMPLE
  nephoscope timeline ./logs --entity ci-user --correlations
  nephoscope timeline ./logs --entity 203.0.113.9 --from 2024-05-01 -t csv -o address.csv`

async function run(positional: readonly string[], flags: TimelineFlags): Promise<void> {
  const logs = logsToScan(positional, flags, 'nephoscope timeline ./logs --entity VALUE')
  if (logs === undefined) return
  if (flags.correlations === true && logs.inputs.includes('-')) {
    usageError('standard input can be read only once', 'save it to a file for --correlations')
    return
  }
  const selection = selectionOf(flags)
  const rules = selection === undefined ? undefined : usableRules(flags)
  if (selection === undefined || rules === undefined) return
  await interruptible(stop =>
    withOutput(flags.output, output => show({ logs, flags, selection, rules, stop, output })),
  )
}

interface Prepared {
  readonly logs: ToScan
  readonly flags: TimelineFlags
  readonly selection: Selection
  readonly rules: LoadedRules
  readonly stop: Int32Array
  readonly output: Output
}

async function show({ logs, flags, selection, rules, stop, output }: Prepared): Promise<void> {
  const name = formatFor(timelineFormats, flags, 'jsonl')
  const look = lookOf(process.stdout, flags.output === undefined ? colourOf(flags) : 'never')
  const writer = timelineFormats[name](text => output.write(text), look)
  const { options, clear } = scanOptions(logs, flags, stop)
  const { entity, correlations = false } = flags
  const most = flags.limit ?? (name === 'table' ? TABLE_LIMIT : Number.POSITIVE_INFINITY)
  const sink = { ...writer, head: (head: TimelineResult['head']) => [clear(), writer.head(head)] }
  const result = await timeline({ ...options, entity, rules, selection, correlations, most, sink }).finally(
    clear,
  )
  writer.end()
  if (result.head.events === 0 && name !== 'table' && flags.quiet !== true)
    process.stderr.write(`${nothingText(result.head)}\n`)
  tellLedger(result.ledger, flags)
  process.exitCode = scanExit(result.ledger, result.interrupted)
}

function entityText(text: string): string {
  const entity = text.trim()
  if (entity === '') throw new InvalidArgumentError('It is empty.')
  return entity
}

function wholeNumber(text: string): number {
  const number = Number(text)
  if (!Number.isInteger(number) || number < 1)
    throw new InvalidArgumentError('It is a whole number from 1 on.')
  return number
}
