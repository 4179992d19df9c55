import { firstFew } from '../core/quantity.ts'
import { terminalSafe } from '../core/terminal.ts'
import type { ScanOptions } from '../detect/options.ts'
import { isMissing } from '../engines/files/list.ts'
import type { Ledger, LedgerTotals } from '../findings/ledger.ts'
import { ledgerText } from '../output/ledger-text.ts'
import { lossText } from '../output/verdict.ts'
import type { SourceMap } from '../sources/map/source-map.ts'
import { EXIT, usageError } from './exit.ts'
import { colourOf, type InputOptions, type LookOptions, timeRange } from './options.ts'
import { type OutputFiles, outputClash } from './output-clash.ts'
import { ProgressBar } from './progress.ts'
import { sourceMapsOf } from './source-map-options.ts'
import { lookOf } from './terminal.ts'

/**
 * The inputs, however they were given; `undefined`, with a message, if there are none, if nothing is where they say, if
 * one of them would be overwritten, or if the time wanted is empty.
 */
function inputsToScan(
  positional: readonly string[],
  flags: InputOptions & OutputFiles,
  example: string,
): readonly string[] | undefined {
  const inputs = [...positional, ...(flags.file ?? []), ...(flags.directory ?? [])]
  const { from, to } = timeRange(flags)
  const clash = outputClash(inputs, flags)
  if (inputs.length === 0) usageError('there is nothing to read', `name files or folders: ${example}`)
  else if (inputs.every(isMissing)) tellMissing(inputs)
  else if (clash !== undefined) usageError(clash, 'give each output a file of its own')
  else if (from !== undefined && to !== undefined && from >= to)
    usageError('no time lies between --from and --to', '--to is the first moment that is too late')
  else return inputs
  return undefined
}

function tellMissing(inputs: readonly string[]): void {
  const names = firstFew(
    inputs.map(input => `"${terminalSafe(input)}"`),
    3,
  )
  usageError(`there is no file or folder ${names}`, `paths begin at ${terminalSafe(process.cwd())}`)
}

/** What a scan is to read: the inputs, and mappings of logs that are none of ours. */
export interface ToScan {
  readonly inputs: readonly string[]
  readonly maps: readonly SourceMap[]
}

/** The same with the mappings; `undefined`, with a message, if something of it cannot be used. */
export function logsToScan(
  positional: readonly string[],
  flags: InputOptions & OutputFiles,
  example: string,
): ToScan | undefined {
  const inputs = inputsToScan(positional, flags, example)
  const maps = inputs === undefined ? undefined : sourceMapsOf(flags)
  return inputs === undefined || maps === undefined ? undefined : { inputs, maps }
}

/** What a scan is told, and the bar that watches it, which is to be wiped before anything is printed. */
export function scanOptions(
  { inputs, maps }: ToScan,
  flags: InputOptions & LookOptions,
  stop: Int32Array,
): { readonly options: ScanOptions; readonly clear: () => void } {
  const { maxUnpacked, threads } = flags
  const bar =
    process.stderr.isTTY === true && flags.quiet !== true ? new ProgressBar(process.stderr) : undefined
  const watch: ScanOptions['watch'] = {
    begin: (files, rules) => bar?.begin(files, rules),
    progress: (bytes, events) => bar?.progress(bytes, events),
    fileDone: file => bar?.fileDone(file),
  }
  return {
    options: { inputs, maps, ...timeRange(flags), maxUnpacked, threads, stop, watch },
    clear: () => bar?.clear(),
  }
}

/**
 * Tells on standard error where everything went, under `--quiet` only that something was lost. Of rules only the refused ones: what else became of
 * them says something about a hunt only.
 */
export function tellLedger({ files, rules, totals }: Ledger, flags: LookOptions): void {
  if (flags.quiet === true) {
    tellLoss(totals)
    return
  }
  const refused = rules.filter(({ end }) => end === 'refused')
  const ends = refused.length === 0 ? {} : { refused: refused.length }
  const { colour } = lookOf(process.stderr, colourOf(flags))
  process.stderr.write(ledgerText({ files, rules: refused, totals: { ...totals, rules: ends } }, { colour }))
}

/** Says no more than that something was lost, if it was: a loss is an error, which no flag silences. */
export function tellLoss(totals: LedgerTotals): void {
  const loss = lossText(totals)
  if (loss !== undefined) process.stderr.write(`error: ${loss}\n`)
}

/** The exit code of a scan that looks for nothing. */
export function scanExit({ totals }: Ledger, interrupted: boolean): number {
  if (interrupted) return EXIT.interrupted
  return totals.lost ? EXIT.lost : EXIT.done
}
