import { type Command, printName, printOptions } from '../command.ts'
import { formatted, returnedText } from '../lower/search-text.ts'
import type { OptionTypes } from '../options.ts'
import type { Reader } from '../reader.ts'
import { quote } from '../syntax/text.ts'
import type { Returned } from '../syntax/tree.ts'

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
    const options = [...reader.options(FORMAT)]
    const marks: string[] = []
    for (;;) {
      reader.space()
      const mark = reader.quoted()
      if (mark === undefined) break
      marks.push(mark)
    }
    if (marks.length !== 0 && marks.length !== 6)
      reader.unexpected(
        `six texts are needed, not ${marks.length}`,
        'row and column marks are given together',
      )
    options.push(...reader.options(FORMAT))
    reader.finish(FORMAT)
    return { options, marks }
  },
  lower: (stage, rows) => formatted(stage, rows),
  print: ({ options, marks }) => [...marks.map(quote), printOptions(options)].join(' ').trimEnd(),
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
