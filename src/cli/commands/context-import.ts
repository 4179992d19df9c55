import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Command, CommanderError, Option } from 'commander'
import { decoded, readText } from '../../context/folder.ts'
import {
  type ImportResult,
  importTable,
  type Recognition,
  recognised,
} from '../../context/import/import-table.ts'
import { tableNamed, tableNames } from '../../context/tables/index.ts'
import { counted } from '../../core/quantity.ts'
import { terminalSafe } from '../../core/terminal.ts'
import { utcDay } from '../../core/time.ts'
import { reason } from '../../engines/files/member.ts'
import { EXIT, usageError } from '../exit.ts'
import { collect, time } from '../options.ts'
import { withOutput } from '../output.ts'

interface ImportFlags {
  readonly as?: string
  readonly into: string
  readonly owner?: string
  readonly set?: readonly string[]
  readonly asOf?: number
}

/** `nephoscope context import`: what a cloud prints becomes rows of a table. */
export function contextImportCommand(): Command {
  return new Command('import')
    .summary('take over what a cloud prints')
    .description(
      'Recognises what aws, gcloud and az print, findings and inventories of Macie and snapshots of AWS Config, and merges it into the tables that it speaks of: facts of the ' +
        'cloud are brought up to date, what people wrote stays. Doing it twice changes nothing.',
    )
    .argument('<file>', 'what was printed, as JSON or CSV; - for standard input')
    .requiredOption('--into <folder>', 'the folder of tables')
    .addOption(
      new Option('--as <table>', 'the table to fill (default: each that the file is about)').choices(
        tableNames,
      ),
    )
    .option('--owner <name>', 'who answers for entries that have nobody')
    .addOption(
      new Option('--set <column=value>', 'a column for entries that do not have it').argParser(collect),
    )
    .addOption(new Option('--as-of <time>', 'when it was printed (default: now)').argParser(time))
    .addHelpText('after', HELP)
    .action(run)
}

const HELP = `
Examples:
  aws ec2 describe-images --owners self | nephoscope context import - --into ./context
  nephoscope context import buckets.json --as sensitive_buckets --into ./context \\
    --owner data@example.com --set classification=confidential`

async function run(file: string, flags: ImportFlags): Promise<void> {
  const found = recognisedIn(file, flags.as)
  if (found === undefined) return
  const tables = found.map(({ table }) => table.name)
  const fills = tables.map(table => fillOf(flags, table, tables))
  if (fills.includes(undefined)) return
  for (const [at, one] of found.entries()) {
    const target = fileOf(flags.into, one.table.name)
    try {
      await importOne(one, target, flags, fills[at] ?? new Map())
    } catch (error) {
      tellFailure(target, error)
      return
    }
  }
}

/** What a file is about; `undefined`, with a message, if it cannot be told. */
function recognisedIn(file: string, wanted: string | undefined): readonly Recognition[] | undefined {
  try {
    const found = recognised(file === '-' ? decoded(readFileSync(0)) : readText(file), wanted)
    if (typeof found !== 'string') return found
    usageError(
      terminalSafe(`${file}: ${found}`),
      'print it as JSON: --output json, of gcloud --format json; an empty list needs --as <table>',
    )
  } catch (error) {
    tellFailure(file, error)
  }
  return undefined
}

function tellFailure(file: string, error: unknown): void {
  if (!(error instanceof Error) || error instanceof CommanderError) throw error
  usageError(terminalSafe(`${file}: ${reason(error)}`))
}

/** Merges what was found for one table into its file. */
async function importOne(
  found: Recognition,
  target: string,
  { into, asOf }: ImportFlags,
  fill: ReadonlyMap<string, string>,
): Promise<void> {
  const existing = { file: target, text: existsSync(target) ? readText(target) : '' }
  const result = importTable(found, existing, { fill, day: utcDay(asOf ?? Date.now()) })
  // A table of which nothing is known must not look like one that is known to be empty.
  if (result.refused.length === 0 || result.added > 0 || existsSync(target)) {
    mkdirSync(into, { recursive: true })
    await withOutput(target, async output => output.write(result.text))
  }
  tell(result, target, found.more)
}

/** The table's file, whatever its form; YAML if there is none. */
function fileOf(folder: string, table: string): string {
  const there = ['yaml', 'yml', 'csv'].map(ending => join(folder, `${table}.${ending}`)).find(existsSync)
  return there ?? join(folder, `${table}.yaml`)
}

/** Columns for entries that do not have them; `undefined`, with a message, if none of the tables has such a one. */
function fillOf(
  { owner, set = [] }: ImportFlags,
  table: string,
  all: readonly string[],
): ReadonlyMap<string, string> | undefined {
  const columns = columnsOf(table)
  const fill = new Map<string, string>()
  const ownerColumn = ['data_owner', 'owner'].find(name => columns.includes(name))
  if (owner !== undefined && ownerColumn !== undefined) fill.set(ownerColumn, owner)
  for (const text of set) {
    const [, column = '', value = ''] = /^([a-z0-9_]+)=(.+)$/s.exec(text) ?? []
    const known = (name: string): boolean => columnsOf(name).includes(column) || column.startsWith('x_')
    if (!known(table) && all.some(known)) continue
    if (!known(table)) {
      usageError(`--set ${terminalSafe(text)}: ${table} has no such column`, `it has ${columns.join(', ')}`)
      return undefined
    }
    fill.set(column, value)
  }
  return fill
}

function columnsOf(table: string): readonly string[] {
  return tableNamed(table)?.columns.map(({ name }) => name) ?? []
}

function tell(
  { table, prints, added, updated, unchanged, untouched, refused }: ImportResult,
  target: string,
  more: string | undefined,
): void {
  for (const { item, message } of refused.slice(0, 50))
    process.stderr.write(`error: item ${item}: ${terminalSafe(message)}\n`)
  if (refused.some(({ lacking }) => lacking))
    process.stderr.write('  = help: what a cloud does not know is said with --owner and --set column=value\n')
  if (more !== undefined)
    process.stderr.write(
      `warning: the list goes on (${more}): import the other pages too, or what stands there will count as foreign\n`,
    )
  const rest = untouched === 0 ? '' : `; ${counted(untouched, 'entry', 'entries')} that it does not name`
  process.stdout.write(
    `${table} from ${prints}: ${added} added, ${updated} updated, ${unchanged} unchanged, ${refused.length} refused${rest}\n${terminalSafe(target)}\n`,
  )
  if (refused.length > 0) process.exitCode = EXIT.lost
}
