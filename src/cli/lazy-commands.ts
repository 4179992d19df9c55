import type { Command } from 'commander'

/** Commands by name, each with what it needs loaded only if it is asked for: all of them take a second. */
export interface LazyCommands {
  readonly [name: string]: () => Promise<Command>
}

/** The command that is asked for; all of them, in their order, if it is none of these, as for help. */
export function commandsFor(commands: LazyCommands, asked: string | undefined): Promise<readonly Command[]> {
  const known = asked !== undefined && Object.hasOwn(commands, asked)
  const wanted = Object.entries(commands).filter(([name]) => !known || name === asked)
  return Promise.all(wanted.map(([, load]) => load()))
}
