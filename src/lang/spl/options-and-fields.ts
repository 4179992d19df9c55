import type { OptionTypes } from './options.ts'
import type { Reader } from './reader.ts'
import type { Name, Option } from './syntax/tree.ts'

/** Options and names of fields in turn, to the end of the stage; an unknown option is a problem. */
export function optionsAndFields(
  reader: Reader,
  types: OptionTypes,
): { readonly options: readonly Option[]; readonly fields: readonly Name[] } {
  const options: Option[] = []
  const fields: Name[] = []
  for (;;) {
    options.push(...reader.options(types))
    if (reader.done || reader.looksAt(/\w+\s*=/y)) break
    fields.push(reader.name())
  }
  reader.finish(types)
  return { options, fields }
}
