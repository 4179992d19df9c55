import { Command, Option } from 'commander'
import { type Context, caveatOf } from '../../context/context.ts'
import { loadContext } from '../../context/load.ts'
import { entryName, type Row } from '../../context/row.ts'
import { tableNames } from '../../context/tables/index.ts'
import { standing } from '../../context/validity.ts'
import { nearest } from '../../core/nearest.ts'
import { counted } from '../../core/quantity.ts'
import { terminalSafe } from '../../core/terminal.ts'
import { foldersFiles, tellOfErrors } from '../context-options.ts'
import { usageError } from '../exit.ts'
import { time } from '../options.ts'

interface ListFlags {
  readonly context?: string
  readonly asOf?: number
  readonly outputType: 'table' | 'jsonl'
}

/** `nephoscope context list`: the tables, or the entries of one. */
export function contextListCommand(): Command {
  return new Command('list')
    .summary('the tables, or the entries of one')
    .argument('[table]', 'the table whose entries are wanted')
    .option('--context <folder>', 'the folder of tables')
    .addOption(
      new Option('--as-of <time>', 'judge then what is stale or expired (default: now)').argParser(time),
    )
    .addOption(
      new Option('-t, --output-type <format>', 'how to print').choices(['table', 'jsonl']).default('table'),
    )
    .action(run)
}

function run(table: string | undefined, flags: ListFlags): void {
  if (table !== undefined && !tableNames.includes(table)) {
    const close = nearest(table, tableNames)
    const help = close === undefined ? `there are ${tableNames.join(', ')}` : `did you mean "${close}"?`
    usageError(`there is no table "${terminalSafe(table)}"`, help)
    return
  }
  const files = foldersFiles(flags.context)
  if (files === undefined) return
  const { context, problems } = loadContext(files, { asOf: flags.asOf ?? Date.now() })
  const json = flags.outputType === 'jsonl'
  process.stdout.write(table === undefined ? tables(context, json) : entries(context, table, json))
  tellOfErrors(problems)
}

function tables(context: Context, json: boolean): string {
  const lines = [...context.tables.values()].map(loaded => {
    const { table, state, rows, refused, stale, overdue, file } = loaded
    const one = { table: table.name, state, rows: rows.length, refused, stale, overdue, file }
    if (json) return JSON.stringify(one)
    const caveat = state === 'missing' ? undefined : caveatOf(loaded)
    const count = state === 'missing' ? 'missing' : counted(rows.length, 'entry', 'entries')
    return `${table.name.padEnd(24)}${count.padEnd(16)}${terminalSafe(caveat ?? '')}`.trimEnd()
  })
  return `${lines.join('\n')}\n`
}

function entries({ asOf, tables: all }: Context, table: string, json: boolean): string {
  const rows = all.get(table)?.rows ?? []
  return rows.map(row => `${json ? jsonLine(row, asOf) : terminalSafe(textLine(row, asOf))}\n`).join('')
}

function stands(row: Row, asOf: number): string {
  const now = standing(row, asOf)
  return now === 'retroactive' ? 'not yet valid' : now
}

function jsonLine(row: Row, asOf: number): string {
  const { file, line, cells } = row
  return JSON.stringify({ file, line, standing: stands(row, asOf), cells: Object.fromEntries(cells) })
}

function textLine(row: Row, asOf: number): string {
  const values = [...row.cells].map(([name, texts]) => `${name}=${texts.join(';')}`)
  const approval = row.validity === undefined ? '' : `  ${stands(row, asOf)}`
  return `${entryName(row)}${approval}  ${values.join('  ')}`
}
