#!/usr/bin/env node
import { EXIT } from './exit.ts'
import { runProgram } from './program.ts'

// A reader that has had enough (`| head`) is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  process.exit(process.exitCode ?? EXIT.done)
})

await runProgram(process.argv)
