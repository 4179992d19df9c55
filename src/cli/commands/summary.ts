import { Command, InvalidArgumentError, Option } from 'commander'
import { summary } from '../../detect/summary.ts'
import { type SummaryFormatName, summaryFormats } from '../../output/summary-formats.ts'
import { formatFor } from '../format-name.ts'
import { interruptible } from '../interrupt.ts'
import { colourOf, type InputOptions, type LookOptions, tableOr, withInput, withLook } from '../options.ts'
import { type Output, withOutput } from '../output.ts'
import { logsToScan, scanExit, scanOptions, type ToScan, tellLedger } from '../scanning.ts'
import { lookOf } from '../terminal.ts'

interface SummaryFlags extends InputOptions, LookOptions {
  readonly outputType?: SummaryFormatName
  readonly top: number
}

const TOP = 20
const MOST = 10_000

/** `nephoscope summary`: what is in these logs? */
export function summaryCommand(): Command {
  const command = new Command('summary')
    .summary('tell what is in logs: actions, actors, addresses, errors, over time')
    .description(
      'Counts distinct events by action, actor, region, error, address, account and user agent, and over time.',
    )
  withInput(command)
  return withLook(command, { names: Object.keys(summaryFormats), unasked: tableOr('json') })
    .addOption(
      new Option('--top <number>', 'values of each kind that are named').argParser(topNumber).default(TOP),
    )
    .addHelpText('after', HELP)
    .action(run)
}

const HELP = `
Exit codes: 0 done; 2 wrong usage; 3 something was lost; 130 interrupted.

Examples:
  nephoscope summary ./logs
  nephoscope summary ./logs --time-offset 7d --top 5 -t table`

async function run(positional: readonly string[], flags: SummaryFlags): Promise<void> {
  const logs = logsToScan(positional, flags, 'nephoscope summary ./logs')
  if (logs === undefined) return
  await interruptible(stop => withOutput(flags.output, output => show({ logs, flags, stop, output })))
}

interface Prepared {
  readonly logs: ToScan
  readonly flags: SummaryFlags
  readonly stop: Int32Array
  readonly output: Output
}

async function show({ logs, flags, stop, output }: Prepared): Promise<void> {
  const { options, clear } = scanOptions(logs, flags, stop)
  const result = await summary({ ...options, top: flags.top }).finally(clear)
  const name = formatFor(summaryFormats, flags, 'json')
  const look = lookOf(process.stdout, flags.output === undefined ? colourOf(flags) : 'never')
  summaryFormats[name](result.summary, text => output.write(text), look)
  const { files, totals } = result.ledger
  const untold = name !== 'table' || totals.lost || files.some(file => file.problems_total > 0)
  if (untold) tellLedger(result.ledger, flags)
  process.exitCode = scanExit(result.ledger, result.interrupted)
}

function topNumber(text: string): number {
  const number = Number(text)
  if (!Number.isInteger(number) || number < 1 || number > MOST)
    throw new InvalidArgumentError(`It is a whole number from 1 to ${MOST}.`)
  return number
}
