import { Command } from 'commander'
import { counted } from '../../core/quantity.ts'
import { type IngestResult, ingestInputs } from '../../detect/ingest.ts'
import { interruptible } from '../interrupt.ts'
import { type InputOptions, type LookOptions, MIB, withInput } from '../options.ts'
import { type Output, withFile } from '../output.ts'
import { logsToScan, scanExit, scanOptions, type ToScan, tellLedger } from '../scanning.ts'
import { folderOption, type LakeFlags, MEMORY, onLake } from './lake-writing.ts'

/** Bytes of rows that are written at once. */
const BATCH = 512 * MIB

interface IngestFlags extends LakeFlags, InputOptions, Pick<LookOptions, 'color' | 'quiet'> {
  readonly ledger?: string
}

/** `nephoscope lake ingest` */
export function ingestCommand(): Command {
  return withInput(new Command('ingest'))
    .summary('add logs; what is there already adds nothing')
    .addOption(folderOption())
    .optionsGroup('Output:')
    .option('--ledger <file>', 'write there what became of every file, as JSON')
    .option('-q, --quiet', 'nothing on standard error but errors')
    .option('-K, --no-color', 'no colours; so does the environment variable NO_COLOR')
    .addHelpText('after', '\nExample:\n  nephoscope lake ingest ./logs --lake ./lake')
    .action(run)
}

async function run(positional: readonly string[], flags: IngestFlags): Promise<void> {
  const logs = logsToScan(positional, flags, 'nephoscope lake ingest ./logs')
  if (logs === undefined) return
  await interruptible(stop =>
    onLake(flags.lake, () => withFile(flags.ledger, ledger => ingestAndTell({ logs, flags, stop, ledger }))),
  )
}

interface Prepared {
  readonly logs: ToScan
  readonly flags: IngestFlags
  readonly stop: Int32Array
  readonly ledger: Output | undefined
}

async function ingestAndTell({ logs, flags, stop, ledger }: Prepared): Promise<void> {
  const { options, clear } = scanOptions(logs, flags, stop)
  const { lake } = flags
  const result = await ingestInputs({ ...options, lake, memory: MEMORY, batch: BATCH }).finally(clear)
  process.stdout.write(`${ingestText(result)}\n`)
  ledger?.write(`${JSON.stringify(result.ledger, undefined, 2)}\n`)
  tellLedger(result.ledger, flags)
  process.exitCode = scanExit(result.ledger, result.interrupted)
}

function ingestText({ inputs, known, events, added }: IngestResult): string {
  const before = known.length === 0 ? '' : `, ${counted(known.length, 'file')} in the lake already`
  return `${counted(inputs, 'file')}: ${counted(events, 'event')} read, ${added} added, ${events - added} copies${before}`
}
