import type { ScanOptions } from '../detect/options.ts'
import type { Ledger } from '../findings/ledger.ts'
import { ledgerText } from '../output/ledger-text.ts'
import { EXIT } from './exit.ts'
import { colourOf, type InputOptions, type LookOptions, timeRange } from './options.ts'
import { ProgressBar } from './progress.ts'
import { lookOf } from './terminal.ts'

/** What a scan is told, and the bar that watches it, which is to be wiped before anything is printed. */
export function scanOptions(
  inputs: readonly string[],
  flags: InputOptions & LookOptions,
  stop: Int32Array,
): { readonly options: ScanOptions; readonly clear: () => void } {
  const { maxUnpacked, threads } = flags
  const bar =
    process.stderr.isTTY === true && flags.quiet !== true ? new ProgressBar(process.stderr) : undefined
  const watch: ScanOptions['watch'] = {
    begin: (files, rules) => bar?.begin(files, rules),
    progress: () => bar?.tick(),
    fileDone: file => bar?.fileDone(file),
  }
  return {
    options: { inputs, ...timeRange(flags), maxUnpacked, threads, stop, watch },
    clear: () => bar?.clear(),
  }
}

/** Tells on standard error where everything went, unless `--quiet`. Of rules only those are named that were refused. */
export function tellLedger(ledger: Ledger, flags: LookOptions): void {
  if (flags.quiet === true) return
  const rules = ledger.rules.filter(({ end }) => end === 'refused')
  const { colour } = lookOf(process.stderr, colourOf(flags))
  process.stderr.write(ledgerText({ ...ledger, rules }, { colour }))
}

/** The exit code of a scan that looks for nothing. */
export function scanExit({ totals }: Ledger, interrupted: boolean): number {
  if (interrupted) return EXIT.interrupted
  return totals.lost ? EXIT.lost : EXIT.done
}
