import { extend } from '../../../plan/pipeline.ts'
import type { Scalar } from '../../../plan/scalar.ts'
import { as } from '../../../plan/scalars.ts'
import type { Command } from '../command.ts'
import { isComputed, setByName } from '../lower/computed-names.ts'
import { lowerExpression } from '../lower/expression.ts'
import { withoutSubsearches } from '../lower/expression-subsearches.ts'
import { hoisted } from '../lower/hoisted.ts'
import type { Reader } from '../reader.ts'
import { printExpression } from '../syntax/print-expression.ts'
import { readExpression } from '../syntax/read-expression.ts'
import { bareOrQuoted } from '../syntax/text.ts'
import type { Expression, Name } from '../syntax/tree.ts'

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
  lower: function* ({ assignments }, rows, context) {
    let made = rows
    for (const { field, value } of assignments) {
      const plain = yield* withoutSubsearches(value, context)
      const { rows: ready, expression } = yield* hoisted(plain, made, context)
      const set = storable(lowerExpression(expression, ready, context))
      made = isComputed(field)
        ? yield* setByName(ready, { field, value: set }, context)
        : extend(ready, [{ name: field.name, value: set }])
    }
    return made
  },
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
