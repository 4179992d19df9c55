import { extend } from '../../../plan/pipeline.ts'
import type { Scalar } from '../../../plan/scalar.ts'
import { as } from '../../../plan/scalars.ts'
import type { Command } from '../command.ts'
import { refuse } from '../lower/context.ts'
import { lowerExpression } from '../lower/expression.ts'
import type { Reader } from '../reader.ts'
import type { Expression } from '../syntax/expression.ts'
import { printExpression } from '../syntax/print-expression.ts'
import { readExpression } from '../syntax/read-expression.ts'
import { bareOrQuoted } from '../syntax/text.ts'
import type { Name } from '../syntax/tree.ts'

export const evaluate: Command<'eval'> = {
  names: ['eval'],
  read: reader => {
    const assignments: Assignment[] = []
    do {
      assignments.push(assignment(reader))
      reader.space()
    } while (reader.take(',') && !reader.done)
    reader.finish()
    return { assignments }
  },
  lower: ({ assignments }, rows, context) =>
    assignments.reduce((before, { field, value }) => {
      if (/^\{.*\}$/.test(field.name)) return refuseDynamic(field)
      return extend(before, [{ name: field.name, value: storable(lowerExpression(value, before, context)) }])
    }, rows),
  print: ({ assignments }) =>
    assignments.map(({ field, value }) => `${bareOrQuoted(field.name)}=${printExpression(value)}`).join(', '),
}

interface Assignment {
  readonly field: Name
  readonly value: Expression
}

/** The name on the left may hold what needs quotes elsewhere, such as `in:out`. */
function assignment(reader: Reader): Assignment {
  const field = reader.name('the field to set')
  reader.expect('=', 'an assignment is written field=expression')
  return { field, value: readExpression(reader) }
}

/** A field holds no boolean: Splunk keeps the word. */
function storable(value: Scalar): Scalar {
  return value.type === 'boolean' ? as('text', value) : value
}

function refuseDynamic({ name, at }: Name): never {
  return refuse(
    'spl/unsupported-option',
    `a field whose name is computed, as in "${name}", is not supported`,
    at,
  )
}
