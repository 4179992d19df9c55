import { readFileSync } from 'node:fs'
import { type Command, Option } from 'commander'
import { printDiagnostic } from '../core/print-diagnostic.ts'
import { terminalSafe } from '../core/terminal.ts'
import { reason } from '../engines/files/member.ts'
import { readSourceMap } from '../sources/map/read-source-map.ts'
import type { SourceMap } from '../sources/map/source-map.ts'
import { usageError } from './exit.ts'

/** Logs that are none of ours, of every command that reads logs. */
export interface SourceMapOptions {
  readonly sourceMap?: readonly string[]
}

/** Adds the mapping files. */
export function withSourceMaps(command: Command): Command {
  return command.addOption(sourceMapOption())
}

export function sourceMapOption(): Option {
  return new Option(
    '--source-map <file>',
    'a YAML file that describes another log: clicks of a proxy, an audit log of your own; repeatable',
  ).argParser((file: string, before?: readonly string[]) => [...(before ?? []), file])
}

/** The mappings that the options name; undefined, with everything that is wrong told, if one cannot be used. */
export function sourceMapsOf({ sourceMap = [] }: SourceMapOptions): readonly SourceMap[] | undefined {
  const maps = sourceMap.map(readOne)
  const sound = maps.flatMap(map => map ?? [])
  const ids = sound.map(({ id }) => id)
  const twice = ids.find((id, place) => ids.indexOf(id) < place)
  if (twice !== undefined) usageError(`two mappings have the id "${twice}"`, 'give each log an id of its own')
  return sound.length < maps.length || twice !== undefined ? undefined : sound
}

function readOne(file: string): SourceMap | undefined {
  try {
    const text = readFileSync(file, 'utf8')
    const read = readSourceMap(text)
    for (const problem of read.problems) process.stderr.write(`${printDiagnostic(problem, file, text)}\n\n`)
    if (read.ok) return read.value
    usageError(terminalSafe(`the mapping ${file} cannot be used`))
  } catch (error) {
    if (!(error instanceof Error)) throw error
    usageError(terminalSafe(`--source-map: ${file}: ${reason(error)}`))
  }
  return undefined
}
