import { filter } from '../../../plan/pipeline.ts'
import type { Command } from '../command.ts'
import { lowerCondition } from '../lower/expression.ts'
import { withoutSubsearches } from '../lower/expression-subsearches.ts'
import { hoisted } from '../lower/hoisted.ts'
import { printExpression } from '../syntax/print-expression.ts'
import { readExpression } from '../syntax/read-expression.ts'

export const where: Command<'where'> = {
  names: ['where'],
  read: reader => {
    const condition = readExpression(reader)
    reader.finish()
    return { condition }
  },
  lower: function* ({ condition }, rows, context) {
    const plain = yield* withoutSubsearches(condition, context)
    const { rows: ready, expression } = yield* hoisted(plain, rows, context)
    return filter(ready, lowerCondition(expression, ready, context))
  },
  print: ({ condition }) => printExpression(condition),
}
