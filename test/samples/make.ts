import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { sampleFiles } from './sample-files.ts'

// Writes the sample logs anew, beside their README. Run from the project's folder.
const FOLDER = 'samples'

rmSync(join(FOLDER, 'AWSLogs'), { recursive: true, force: true })
for (const [name, text] of sampleFiles()) {
  const path = join(FOLDER, name)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, name.endsWith('.gz') ? gzipSync(text, { level: 9 }) : text)
}
