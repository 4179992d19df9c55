import { extend, type Pipeline } from '../../../plan/pipeline.ts'
import { regex } from '../../../plan/regex.ts'
import type { Scalar } from '../../../plan/scalar.ts'
import { text } from '../../../plan/scalars.ts'
import type { Command } from '../command.ts'
import { type Context, escapeRegex, fieldOf, matching, maybe, shown } from '../lower/context.ts'
import { chosen } from '../lower/functions/conditions.ts'
import { eachText } from '../lower/values.ts'
import { wildcards } from '../lower/wildcards.ts'
import { printNames } from '../syntax/aggregations.ts'
import { quote } from '../syntax/text.ts'
import type { Name, Replacement } from '../syntax/tree.ts'

export const replace: Command<'replace'> = {
  names: ['replace'],
  read: reader => {
    const pairs = []
    do {
      const from = reader.value('the text to replace')
      if (reader.keyword('with') === undefined) reader.unexpected('"with" is missing')
      const to = reader.value('the new text')
      pairs.push({ from, to })
      reader.separators()
    } while (!reader.done && !reader.sees(['in']))
    const fields = reader.keyword('in') === undefined ? [] : reader.names()
    reader.finish()
    return { options: [], pairs, fields }
  },
  lower: ({ pairs, fields }, rows, context) => {
    const names =
      fields.length === 0
        ? shown(rows)
            .map(({ name }) => name)
            .filter(name => !name.startsWith('_'))
        : fields.flatMap(field => namesOf(rows, field, context))
    const columns = names.map(name => ({ name, value: replaced(maybe(rows, name), pairs) }))
    return extend(rows, columns)
  },
  print: ({ pairs, fields }) => {
    const list = pairs.map(({ from, to }) => `${quote(from)} with ${quote(to)}`).join(', ')
    return fields.length === 0 ? list : `${list} in ${printNames(fields)}`
  },
}

function namesOf(rows: Pipeline, field: Name, context: Context): readonly string[] {
  if (!field.name.includes('*')) fieldOf(rows, field, context)
  return matching(rows, field.name).map(({ name }) => name)
}

/** The first pair whose pattern is the whole value; stars in the new text stand for what they met. */
function replaced(value: Scalar, pairs: readonly Replacement[]): Scalar {
  return eachText(value, of =>
    chosen(
      pairs.map(({ from, to }) => [whole(of, from), by(of, from, to)]),
      of,
    ),
  )
}

function whole(of: Scalar, from: string): Scalar {
  return { kind: 'like', of, pattern: wildcards(from), caseless: false, type: 'boolean' }
}

function by(of: Scalar, from: string, to: string): Scalar {
  if (!to.includes('*')) return text(to)
  const source = `^${from.split('*').map(escapeRegex).join('(.*?)')}$`
  const parts = to.replaceAll('\\', '\\\\').split('*')
  const filled = parts.map((part, at) => (at === 0 ? part : `\\${at}${part}`)).join('')
  return {
    kind: 'substitute',
    of,
    regex: regex(source, { dotall: true }),
    by: filled,
    all: false,
    type: 'text',
  }
}
