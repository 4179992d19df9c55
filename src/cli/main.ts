#!/usr/bin/env node
import { reason } from '../engines/files/member.ts'
import { EXIT } from './exit.ts'
import { runProgram } from './program.ts'

// A reader that has had enough (`| head`) is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(process.exitCode ?? EXIT.done)
  process.stderr.write(`error: standard output cannot be written: ${reason(error)}\n`)
  process.exit(EXIT.lost)
})

await runProgram(process.argv)
