import { Command } from 'commander'
import { schema } from '../../context/schema.ts'

/** `nephoscope context schema`: the tables, their columns, keys and types. */
export function contextSchemaCommand(): Command {
  return new Command('schema')
    .summary('the tables, their columns and types')
    .option('--json', 'as JSON')
    .action(({ json }: { readonly json?: boolean }) => {
      process.stdout.write(json === true ? `${JSON.stringify(schema(), undefined, 2)}\n` : schemaText())
    })
}

function schemaText(): string {
  const { tables, parameters } = schema()
  const parts = tables.map(({ name, kind, about, key, columns }) => {
    const lines = columns.map(one => {
      const notes = [one.list ? 'list' : '', one.required ? 'required' : ''].filter(note => note !== '')
      const type = [one.values === undefined ? one.type : one.values.join('|'), ...notes].join(', ')
      return `  ${one.name.padEnd(16)} ${type}\n${' '.repeat(19)}${one.about}`
    })
    return `${name}  (${kind}; key: ${key.join(', ')})\n${about}\n${lines.join('\n')}`
  })
  const values = parameters.map(({ name, type, about, default: initial }) => {
    return `  ${name}  ${type}, ${initial.join(', ') || 'none'} if not said\n${' '.repeat(19)}${about}`
  })
  return `${parts.join('\n\n')}\n\nparameters  (a map of names to values)\n${values.join('\n')}\n`
}
