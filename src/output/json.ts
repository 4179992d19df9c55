import { safeJson } from '../core/terminal.ts'
import type { Report, Write } from './report.ts'

/** One finding a line. Keys stand in the order of `Finding`. */
export function writeJsonLines({ findings }: Report, write: Write): void {
  for (const finding of findings) write(`${safeJson(finding)}\n`)
}

/** One array of findings, one finding a line. */
export function writeJson({ findings }: Report, write: Write): void {
  let before = '['
  for (const finding of findings) {
    write(`${before}\n${safeJson(finding)}`)
    before = ','
  }
  write(findings.length === 0 ? '[]\n' : '\n]\n')
}
