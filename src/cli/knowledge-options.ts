import type { Command } from 'commander'
import { type Geo, openGeo } from '../context/geo.ts'
import { terminalSafe } from '../core/terminal.ts'
import type { Knowledge } from '../detect/knowledge.ts'
import { reason } from '../engines/files/member.ts'
import { type ContextOptions, contextOf } from './context-options.ts'
import { usageError } from './exit.ts'

export interface GeoOptions {
  readonly geo?: string
  readonly hideApproved?: boolean
}

/** Adds what a hunt may know besides the context of its rules. */
export function withGeo(command: Command): Command {
  return withPlaces(command)
    .optionsGroup('Context:')
    .option('--hide-approved', 'no findings of matches that a valid approval covers; the ledger counts them')
}

/** Adds where addresses are. */
export function withPlaces(command: Command): Command {
  return command
    .optionsGroup('Context:')
    .option('-G, --geo <folder>', 'MMDB files of countries and networks, such as GeoLite2-Country.mmdb')
}

/** What is known besides the logs; `undefined`, with a message, if something of it cannot be read. */
export function knowledgeOf(options: ContextOptions & GeoOptions): Knowledge | undefined {
  const context = contextOf(options)
  const geo = geoOf(options)
  if (context === undefined || geo === undefined) return undefined
  return {
    ...(context === 'none' ? {} : { context }),
    ...(geo === 'none' ? {} : { geo }),
    hideApproved: options.hideApproved === true,
  }
}

/** The databases of addresses; `none` if nobody named them, `undefined`, with a message, if there are none to read. */
export function geoOf({ geo }: GeoOptions): Geo | 'none' | undefined {
  return geo === undefined ? 'none' : opened(geo)
}

function opened(folder: string): Geo | undefined {
  try {
    const geo = openGeo(folder)
    for (const { file, message } of geo.problems)
      process.stderr.write(`warning: ${terminalSafe(`${file}: ${message}`)}\n`)
    if (geo.files.length > 0) return geo
    usageError(`-G: there is no MMDB file in ${terminalSafe(folder)}`)
  } catch (error) {
    if (!(error instanceof Error)) throw error
    usageError(terminalSafe(`-G: ${folder}: ${reason(error)}`))
  }
  return undefined
}
