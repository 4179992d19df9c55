import { type CommandKind, commands } from './commands/index.ts'
import type { Search, Stage, Stages } from './syntax/tree.ts'

/** A search as text, in one line, that reads as the same tree. */
export function printSpl(search: Search): string {
  return search.stages
    .map((stage, index) => (index === 0 && stage.kind === 'search' ? '' : '| ') + printStage(stage))
    .join(' ')
}

function printStage(stage: Stage): string {
  if (stage.kind === 'unknown' || stage.kind === 'unsupported' || stage.kind === 'ignored')
    return `${stage.name} ${stage.text}`.trim()
  return `${commands[stage.kind].names[0]} ${printBody(stage.kind, stage)}`.trim()
}

function printBody<Kind extends CommandKind>(kind: Kind, stage: Stages[Kind]): string {
  return commands[kind].print(stage, printSpl)
}
