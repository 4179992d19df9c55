import { printName, printOptions } from './command.ts'
import type { OptionTypes } from './options.ts'
import type { Reader } from './reader.ts'
import type { Name, Option } from './syntax/tree.ts'

/** A stage about one field, with options before and behind it. */
export interface OneField {
  readonly options: readonly Option[]
  readonly field: Name
}

export function oneField(reader: Reader, types: OptionTypes): OneField {
  const before = reader.options(types)
  const field = reader.name()
  const options = [...before, ...reader.options(types)]
  reader.finish(types)
  return { options, field }
}

export function printOneField({ options, field }: OneField): string {
  return printOptions(options) + printName(field)
}
