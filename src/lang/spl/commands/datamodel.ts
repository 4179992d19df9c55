import { type Command, printName, printOptions } from '../command.ts'
import { listedRows } from '../lower/lookups.ts'
import { modelEvents, withModelFields } from '../lower/model-events.ts'
import { modelSearch } from '../lower/models.ts'
import type { OptionTypes } from '../options.ts'

const OPTIONS: OptionTypes = {
  allow_old_summaries: 'boolean',
  summariesonly: 'boolean',
  strict_fields: 'boolean',
  nodename: 'text',
}

export const datamodel: Command<'datamodel'> = {
  names: ['datamodel'],
  generates: true,
  read: reader => {
    const before = reader.options(OPTIONS)
    const model = reader.name('the name of a data model')
    const object = reader.name('the name of an object of the model')
    const word = reader.keyword('search', 'flat', 'acceleration_search', 'flat_string')
    if (word === undefined)
      reader.unexpected('search or flat is missing', 'what a model consists of is not told here')
    const options = [...before, ...reader.options(OPTIONS)]
    reader.finish(OPTIONS)
    return { options, model, object, mode: word?.startsWith('flat') === true ? 'flat' : 'search' }
  },
  lower: (stage, _, context) => modelSearch(stage, context),
  print: ({ options, model, object, mode }) =>
    `${printName(model)} ${printName(object)} ${mode} ${printOptions(options)}`.trimEnd(),
}

/** What `from` reads: a data model or a lookup. */
export const from: Command<'from'> = {
  names: ['from'],
  generates: true,
  read: reader => {
    reader.space()
    const start = reader.at
    const kind = reader.match(/(datamodel|lookup|inputlookup|savedsearch)\s*[:=\s]\s*/iy)?.[1]?.toLowerCase()
    const first = reader.name('what to read is missing')
    const object = reader.take('.') ? `.${reader.name().name}` : ''
    const name = { ...first, name: first.name + object }
    if (kind === undefined || kind === 'savedsearch') {
      const help = 'there is datamodel:NAME and lookup:NAME'
      reader.fail('spl/unsupported-option', '"from" reads data models and lookups here', {
        help,
        from: start,
      })
    }
    reader.finish()
    return { of: kind === 'datamodel' ? 'datamodel' : 'lookup', name }
  },
  lower: ({ of, name }, _, context) =>
    of === 'datamodel' ? withModelFields(modelEvents(name, context), name) : listedRows(name, context),
  print: ({ of, name }) => `${of}:${printName(name)}`,
}
