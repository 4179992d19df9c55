import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { Command, InvalidArgumentError, Option } from 'commander'
import { bytesText, counted } from '../../core/quantity.ts'
import { terminalSafe } from '../../core/terminal.ts'
import { parseTime } from '../../core/time.ts'
import type { SimulatedFile } from '../../simulate/line.ts'
import { chooseScenarios, simulate } from '../../simulate/simulate.ts'
import { usageError } from '../exit.ts'

interface SimulateFlags {
  readonly out: string
  readonly seed: string
  readonly days: number
  readonly scenario?: readonly string[]
  readonly scenarios?: string
  readonly benignOnly?: boolean
  readonly eventsPerDay: number
  readonly start: number
}

const MOST_DAYS = 3660
const MOST_EVENTS = 50_000_000
/** A fixed Monday: the clock decides nothing. */
const FIRST_DAY = '2026-03-02'

/** `nephoscope simulate`: an organisation's logs, with attacks whose places are known. */
export function simulateCommand(): Command {
  return new Command('simulate')
    .summary('make the logs of an organisation, with labelled attacks and their benign twins')
    .description(
      'Writes logs, inventories, approvals and labels of an invented organisation. The same options give the same bytes.',
    )
    .requiredOption('--out <folder>', 'where to write: logs/, context/ and labels.json')
    .option('--seed <text>', 'decides who, what, when and how much', '1')
    .addOption(new Option('--days <number>', 'how long').argParser(wholeUpTo(MOST_DAYS)).default(7))
    .option('--scenario <id>', 'plays a scenario, such as T1 or C3; may be given again', collect)
    .option('--scenarios <all>', 'plays every scenario')
    .option('--benign-only', 'plays no attack, only benign twins')
    .addOption(
      new Option('--events-per-day <number>', 'CloudTrail events of an average day')
        .argParser(wholeUpTo(MOST_EVENTS))
        .default(20_000),
    )
    .addOption(
      new Option('--start <date>', 'the first day, UTC').argParser(day).default(day(FIRST_DAY), FIRST_DAY),
    )
    .addHelpText('after', HELP)
    .action(run)
}

const HELP = `
Exit codes: 0 done; 2 wrong usage; 3 a file cannot be written.

Examples:
  nephoscope simulate --out ./simulated --seed 7 --days 14 --scenarios all
  nephoscope simulate --out ./simulated --scenario T1 --scenario C3
  nephoscope hunt ./simulated/logs`

function run(flags: SimulateFlags): void {
  const ids = [...(flags.scenario ?? []), ...(flags.scenarios ?? '').split(',').filter(id => id !== '')]
  const scenarios = chooseScenarios(ids, flags.days)
  if (!scenarios.ok) {
    for (const { message, help } of scenarios.problems) usageError(terminalSafe(message), help)
    return
  }
  if (existsSync(flags.out) && readdirSync(flags.out).length > 0) {
    usageError(
      `${terminalSafe(flags.out)} is not empty`,
      'simulations must not mix: name a folder that is new',
    )
    return
  }
  const { seed, days, start, eventsPerDay, benignOnly = false } = flags
  let files = 0
  let bytes = 0
  for (const file of simulate({ seed, days, start, eventsPerDay, benignOnly, scenarios: scenarios.value })) {
    bytes += write(flags.out, file)
    files++
  }
  process.stderr.write(
    `${counted(files, 'file')} (${bytesText(bytes)}) written to ${terminalSafe(flags.out)}\n`,
  )
}

/** Gives the number of bytes written. */
function write(folder: string, { path, text, packed }: SimulatedFile): number {
  const full = join(folder, path)
  mkdirSync(dirname(full), { recursive: true })
  const bytes = packed ? gzipSync(text, { level: 3 }) : Buffer.from(text)
  writeFileSync(full, bytes)
  return bytes.length
}

function collect(id: string, before: readonly string[] = []): readonly string[] {
  return [...before, id]
}

function wholeUpTo(most: number): (text: string) => number {
  return text => {
    const number = Number(text)
    if (!Number.isInteger(number) || number < 1 || number > most)
      throw new InvalidArgumentError(`It is a whole number from 1 to ${most}.`)
    return number
  }
}

function day(text: string): number {
  const time = /^\d{4}-\d\d-\d\d$/.test(text) ? parseTime(text) : undefined
  if (time === undefined) throw new InvalidArgumentError('It is a day such as 2026-03-02.')
  return time
}
