import { Command, Option } from 'commander'
import { loadContext } from '../../context/load.ts'
import { type ReviewItem, review } from '../../context/review.ts'
import { terminalSafe } from '../../core/terminal.ts'
import { isoTime } from '../../core/time.ts'
import { foldersFiles, tellOfErrors } from '../context-options.ts'
import { EXIT } from '../exit.ts'
import { time } from '../options.ts'

interface ReviewFlags {
  readonly context?: string
  readonly asOf?: number
  readonly outputType: 'text' | 'jsonl'
  readonly strict?: boolean
}

/** `nephoscope context review`: what somebody has to look at again. */
export function contextReviewCommand(): Command {
  return new Command('review')
    .summary('what is overdue, expired, stale or empty')
    .argument('[folder]', 'the folder of tables')
    .option('--context <folder>', 'the same, as an option')
    .addOption(new Option('--as-of <time>', 'judge at this time (UTC; default: now)').argParser(time))
    .addOption(
      new Option('-t, --output-type <format>', 'how to print').choices(['text', 'jsonl']).default('text'),
    )
    .option('--strict', 'exit with 1 if a review is overdue or a table is stale or empty')
    .action(run)
}

function run(folder: string | undefined, flags: ReviewFlags): void {
  const files = foldersFiles(folder ?? flags.context)
  if (files === undefined) return
  const asOf = flags.asOf ?? Date.now()
  const { context, problems } = loadContext(files, { asOf })
  const items = review(context)
  const print = flags.outputType === 'jsonl' ? JSON.stringify : textLine
  process.stdout.write(items.map(item => `${print(item)}\n`).join(''))
  if (items.length === 0 && flags.outputType === 'text')
    process.stdout.write(`Nothing is due on ${isoTime(asOf)}.\n`)
  tellOfErrors(problems)
  const due = items.some(({ what }) => what !== 'expires-soon' && what !== 'expired')
  if (flags.strict === true && due) process.exitCode = EXIT.findings
}

function textLine({ what, table, entry, owner, message }: ReviewItem): string {
  const who = owner === undefined ? '' : `, owner ${owner}`
  return terminalSafe(`${what.padEnd(13)}${entry ?? table}: ${message}${who}`)
}
