import { type Command, printName, printOptions } from '../command.ts'
import { formatted, returnedText } from '../lower/search-text.ts'
import type { OptionTypes, Reader } from '../reader.ts'
import type { Name } from '../syntax/tree.ts'

const FORMAT: OptionTypes = { mvsep: 'text', maxresults: 'number', emptystr: 'text' }

export const returned: Command<'return'> = {
  names: ['return'],
  read: reader => {
    reader.space()
    const count = reader.match(/\d{1,9}(?=\s|$)/y)?.[0]
    const fields: Returned[] = []
    for (;;) {
      reader.separators()
      if (reader.done) break
      fields.push(item(reader))
    }
    return { count: Number(count ?? 1), fields }
  },
  lower: (stage, rows, context) => returnedText(stage, rows, context),
  print: ({ count, fields }) => `${count} ${fields.map(printItem).join(' ')}`,
}

export const format: Command<'format'> = {
  names: ['format'],
  read: reader => {
    const options = reader.options(FORMAT)
    reader.finish(FORMAT)
    return { options }
  },
  lower: (_, rows) => formatted(rows),
  print: ({ options }) => printOptions(options).trimEnd(),
}

interface Returned {
  readonly alias?: string
  readonly value: boolean
  readonly field: Name
}

/** `field`, `alias=field`, or `$field` for the bare value. */
function item(reader: Reader): Returned {
  if (reader.take('$')) return { value: true, field: reader.name() }
  const alias = reader.match(/([\w.]+)\s*=\s*/y)?.[1]
  const field = reader.name()
  return { value: false, field, ...(alias === undefined ? {} : { alias }) }
}

function printItem({ alias, value, field }: Returned): string {
  if (value) return `$${printName(field)}`
  return alias === undefined ? printName(field) : `${alias}=${printName(field)}`
}
