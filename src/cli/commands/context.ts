import { Command } from 'commander'
import { contextCheckCommand } from './context-check.ts'
import { contextImportCommand } from './context-import.ts'
import { contextListCommand } from './context-list.ts'
import { contextReviewCommand } from './context-review.ts'
import { contextSchemaCommand } from './context-schema.ts'

/** `nephoscope context`: what the organisation knows, as tables that rules and findings use. */
export function contextCommand(): Command {
  return new Command('context')
    .summary('inventories and approvals that rules and findings use')
    .description(
      'Looks at a folder of tables, one file each, in YAML or CSV: what is yours, what matters, what is approved.',
    )
    .addCommand(contextSchemaCommand())
    .addCommand(contextListCommand())
    .addCommand(contextCheckCommand())
    .addCommand(contextReviewCommand())
    .addCommand(contextImportCommand())
}
