import type { Diagnostic, Span } from './diagnostic.ts'
import { displayWidth } from './display-width.ts'
import { terminalSafe } from './terminal.ts'

/**
 * A problem as people read it: what is wrong, where, the source line with a caret, and what to do about it.
 * Whatever the file, the message and the source hold, it is safe to print.
 */
export function printDiagnostic(problem: Diagnostic, file: string, text?: string): string {
  const { at, help } = problem
  const place = at === undefined ? '' : `:${at.line}:${at.column}`
  const gutter = ' '.repeat(at === undefined ? 1 : String(at.line).length)
  return [
    `${problem.severity}[${problem.code}]: ${terminalSafe(problem.message)}`,
    `${gutter}--> ${terminalSafe(file)}${place}`,
    ...(at === undefined || text === undefined ? [] : quote(text, at, gutter)),
    ...(help === undefined ? [] : [`${gutter} = help: ${terminalSafe(help)}`]),
  ].join('\n')
}

/** The same in one line, as `error[code] file:9:5: message`, safe to print. */
export function printDiagnosticLine({ severity, code, message, at }: Diagnostic, file: string): string {
  const place = at === undefined ? '' : `:${at.line}:${at.column}`
  return `${severity}[${code}] ${terminalSafe(`${file}${place}: ${message}`)}`
}

/** Longest piece of a source line that is shown, in characters. */
const LONGEST = 160

function quote(text: string, at: Span, gutter: string): readonly string[] {
  const line = lineAt(text, at)
  const before = Math.min(at.column - 1, line.length)
  const from = Math.max(0, Math.min(before - LONGEST / 4, line.length - LONGEST))
  const end = Math.min(before + Math.max(1, at.end - at.start), from + LONGEST)
  const indent = displayWidth(terminalSafe(line.slice(from, before)))
  const carets = Math.max(1, displayWidth(terminalSafe(line.slice(before, end))))
  const shown = terminalSafe(line.slice(from, from + LONGEST)).trimEnd()
  return [`${at.line} | ${shown}`, `${gutter} | ${' '.repeat(indent)}${'^'.repeat(carets)}`]
}

/** The line that a span starts in; of a very long one what stands up to some way behind the span. */
function lineAt(text: string, at: Span): string {
  const start = at.start - (at.column - 1)
  const [line = ''] = text.slice(start, at.start + 2 * LONGEST).split(/[\r\n]/, 1)
  return line
}
