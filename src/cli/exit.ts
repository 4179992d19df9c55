import { visible } from '../core/terminal.ts'

/** What the exit code says. Of several that apply, the last in this list wins, but for `interrupted` and `usage`, which always do. */
export const EXIT = {
  done: 0,
  /** There are findings at or above `--fail-on`. */
  findings: 1,
  /** Wrong usage, or no rule could be loaded. */
  usage: 2,
  /** Something was lost: a file, a record, or, under `--strict`, a rule. */
  lost: 3,
  interrupted: 130,
} as const

/** Says on standard error what is wrong and what to do, and sets the exit code for wrong usage. */
export function usageError(message: string, help?: string): void {
  process.stderr.write(visible(`error: ${message}\n${help === undefined ? '' : `  = help: ${help}\n`}`))
  process.exitCode = EXIT.usage
}
