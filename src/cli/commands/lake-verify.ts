import { Command } from 'commander'
import { counted } from '../../core/quantity.ts'
import { terminalSafe } from '../../core/terminal.ts'
import { isLake, readManifest } from '../../lake/manifest.ts'
import { verify } from '../../lake/verify.ts'
import { EXIT, usageError } from '../exit.ts'
import { interruptible } from '../interrupt.ts'
import { folderOption, type LakeFlags, tellingFailure } from './lake-writing.ts'

/** `nephoscope lake verify`: is every file what was written? */
export function verifyCommand(): Command {
  return new Command('verify')
    .summary('read every file and compare it with what was written')
    .addOption(folderOption())
    .action(async ({ lake }: LakeFlags) => {
      if (isLake(lake)) await interruptible(stop => tellingFailure(() => verified(lake, stop)))
      else usageError(`there is no lake in ${terminalSafe(lake)}`, 'make one: nephoscope lake ingest ./logs')
    })
}

async function verified(lake: string, stop: Int32Array): Promise<void> {
  const { sound, damaged, unsure, interrupted } = await verify(lake, readManifest(lake), stop)
  process.stdout.write(`${counted(sound, 'file')} as written, ${damaged.size} damaged\n`)
  if (unsure > 0)
    process.stdout.write(
      `${counted(unsure, 'file')} written without a digest: only size and end were looked at\n`,
    )
  for (const [path, reason] of damaged)
    process.stderr.write(`error: ${terminalSafe(path)} is damaged: ${terminalSafe(reason)}\n`)
  if (damaged.size > 0) process.exitCode = EXIT.lost
  if (interrupted) process.exitCode = EXIT.interrupted
}
