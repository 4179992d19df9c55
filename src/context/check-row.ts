import type { Problems, Span } from '../core/diagnostic.ts'
import { nearest } from '../core/nearest.ts'
import { readPattern } from '../plan/read-pattern.ts'
import { readCell } from './cell-types.ts'
import { type Column, OWN_PREFIX, type Table } from './column.ts'
import { limits } from './limits.ts'
import { matchesAnything } from './pattern-text.ts'
import type { RawCell, RawRow, RawValue } from './raw.ts'
import { type Row, timeCell, type Validity } from './row.ts'

/** The row as an entry of the table, or `undefined` with everything that is wrong with it told. */
export function checkRow(raw: RawRow, table: Table, file: string, problems: Problems): Row | undefined {
  const before = problems.list.length
  const cells = new Map<string, readonly string[]>()
  if (raw.cells.length > limits.columns)
    problems.error('context/columns', `a row of ${raw.cells.length} columns is too wide`, { at: raw.at })
  for (const one of raw.cells.slice(0, limits.columns)) {
    if (cells.has(one.column))
      problems.error('context/duplicate-column', `the column "${one.column}" stands twice`, {
        at: one.columnAt,
        help: 'only one of them could count; take the other out',
      })
    const values = readValues(one, table, problems)
    if (values !== undefined) cells.set(one.column, values)
  }
  checkThere(raw, table, problems)
  const row = { table: table.name, file, line: raw.at.line, cells }
  const whole = problems.list.slice(before).every(({ severity }) => severity !== 'error')
  if (!whole || table.kind === 'inventory') return whole ? row : undefined
  const validity = checkApproval(row, raw, problems)
  return validity === undefined ? undefined : { ...row, validity }
}

function readValues(one: RawCell, table: Table, problems: Problems): readonly string[] | undefined {
  if (one.column.startsWith(OWN_PREFIX)) return one.values.map(value => value.text)
  const column = table.columns.find(({ name }) => name === one.column)
  if (column === undefined) {
    unknownColumn(one, table, problems)
    return undefined
  }
  const values = column.list ? one.values.flatMap(split) : one.values
  const [first, second] = values
  if (first === undefined) {
    // A condition that is written down and empty must not become one that asks for nothing.
    problems.error('context/no-value', `"${column.name}" is a list without a value`, {
      at: one.values[0]?.at ?? one.columnAt,
      help: 'name one, or leave the column out',
    })
    return undefined
  }
  if (second !== undefined && !column.list) {
    problems.error('context/one-value', `"${column.name}" takes one value, not a list`, { at: second.at })
    return undefined
  }
  if (values.length > limits.values) {
    const help = `the limit is ${limits.values}`
    problems.error('context/values', `${values.length} values are too many for one cell`, {
      at: first.at,
      help,
    })
    return undefined
  }
  return values.flatMap(value => readOne(value, column, problems) ?? [])
}

/** `;` separates the values of a list, also in YAML. */
function split({ text, at }: RawValue): readonly RawValue[] {
  if (!text.includes(';')) return [{ text, at }]
  return text
    .split(';')
    .map(part => part.trim())
    .filter(part => part !== '')
    .map(part => ({ text: part, at }))
}

function readOne({ text, at }: RawValue, column: Column, problems: Problems): string | undefined {
  const read = readCell(text, column)
  if (read.kind === 'read') return read.text
  problems.error(read.code, `${column.name}: ${read.message}`, { at, help: read.help })
  return undefined
}

function unknownColumn({ column, columnAt }: RawCell, table: Table, problems: Problems): void {
  const names = table.columns.map(({ name }) => name)
  const close = nearest(column, names)
  const message =
    column === '' ? 'a row has more cells than the header' : `"${column}" is no column of ${table.name}`
  problems.error('context/unknown-column', message, {
    at: columnAt,
    help:
      close === undefined
        ? `there are ${names.join(', ')}; a column of your own begins with ${OWN_PREFIX}`
        : `did you mean "${close}"? A column of your own begins with ${OWN_PREFIX}`,
  })
}

/** Are all columns there that the table asks for? One that is misspelt or wrong was told before. */
function checkThere(raw: RawRow, table: Table, problems: Problems): void {
  const there = (name: string): boolean => raw.cells.some(({ column }) => column === name)
  for (const { name, required, about } of table.columns)
    if (required && !there(name))
      problems.error('context/missing-column', `a row of ${table.name} has no "${name}"`, {
        at: raw.at,
        help: `add it: ${about}`,
      })
  for (const names of table.oneOf ?? [])
    if (!names.some(there))
      problems.error('context/missing-column', `a row of ${table.name} has neither ${names.join(' nor ')}`, {
        at: raw.at,
        help: 'add one of them',
      })
}

/** The columns that an approval of a transfer has to narrow: an identity alone is no reason to trust a transfer. */
const NARROW = ['source', 'destination', 'identity', 'image']

function checkApproval(row: Row, raw: RawRow, problems: Problems): Validity | undefined {
  const at = (column: string): Span => raw.cells.find(one => one.column === column)?.values[0]?.at ?? raw.at
  const before = problems.list.length
  const created = timeCell(row, 'created') ?? 0
  const reviewBy = timeCell(row, 'review_by') ?? 0
  const expires = timeCell(row, 'expires') ?? 0
  if (expires <= created)
    problems.error('context/validity', 'the approval expires before it was created', {
      at: at('expires'),
      help: '"created" is the first moment at which it holds, "expires" the first at which it does not',
    })
  else if (reviewBy <= created)
    problems.error('context/validity', 'the review is due before the approval was created', {
      at: at('review_by'),
    })
  else if (reviewBy > expires)
    problems.warn('context/late-review', 'the review is due after the approval has expired', {
      at: at('review_by'),
    })
  for (const column of NARROW)
    if (row.cells.get(column)?.some(value => matchesAnything(readPattern(value))))
      problems.error('context/broad-approval', `"${column}" matches anything`, {
        at: at(column),
        help: 'an approval has to say what it is for; name what is meant, or a pattern with some text in it',
      })
  const whole = problems.list.slice(before).every(({ severity }) => severity !== 'error')
  return whole ? { created, reviewBy, expires } : undefined
}
